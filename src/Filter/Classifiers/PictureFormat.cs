using System.Globalization;

namespace Realtime.Filter.Classifiers;

/// <summary>How a picture is fed to a model: (x - mean) / deviation of each channel, in the model's order and layout.</summary>
/// <param name="Layout">How the values lie in memory.</param>
/// <param name="Channels">Which colour comes first.</param>
/// <param name="Mean">[3] of red, green and blue, whichever comes first, in units of [0, 1].</param>
/// <param name="Deviation">[3] likewise, above 0.</param>
public sealed record PictureFormat(PictureLayout Layout, ChannelOrder Channels, IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation)
{
    private const int Colours = 3;

    /// <summary>That of our own models, whose normalisation is inside: RGB in [0, 1], plane by plane.</summary>
    public static PictureFormat Plain { get; } = new(PictureLayout.Nchw, ChannelOrder.Rgb, [0, 0, 0], [1, 1, 1]);

    /// <summary>Whether pictures are fed as they are.</summary>
    public bool IsPlain => Layout == PictureLayout.Nchw && Channels == ChannelOrder.Rgb && Mean.All(value => value == 0) && Deviation.All(value => value == 1);

    /// <summary>Converts one picture.</summary>
    /// <param name="picture">[3, H, W] RGB in [0, 1].</param>
    /// <param name="fed">Receives as many values in this format.</param>
    public void Convert(ReadOnlySpan<float> picture, Span<float> fed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(fed.Length, picture.Length);
        int plane = picture.Length / Colours;
        for (int colour = 0; colour < Colours; colour++)
        {
            int place = Channels == ChannelOrder.Rgb ? colour : Colours - 1 - colour;
            (int first, int step) = Layout == PictureLayout.Nchw ? (place * plane, 1) : (place, Colours);
            float mean = Mean[colour], deviation = Deviation[colour];
            ReadOnlySpan<float> values = picture.Slice(colour * plane, plane);
            for (int i = 0; i < plane; i++)
                fed[first + (i * step)] = (values[i] - mean) / deviation;
        }
    }

    /// <summary>For the log: "nchw rgb, mean 0.485,0.456,0.406, deviation 0.229,0.224,0.225".</summary>
    public override string ToString() =>
        $"{Layout.ToString().ToLowerInvariant()} {Channels.ToString().ToLowerInvariant()}, mean {Join(Mean)}, deviation {Join(Deviation)}";

    private static string Join(IReadOnlyList<float> values) => string.Join(',', values.Select(value => value.ToString("0.######", CultureInfo.InvariantCulture)));
}
