using System.Globalization;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Solids;

/// <summary>What follows `solids:` on the command line: comma-separated key=value pairs, all optional.</summary>
/// <param name="Seconds">Length of the scene; 0 is endless.</param>
/// <param name="Seed">Names the scene.</param>
/// <param name="Width">Pixels a row, 16..4096.</param>
/// <param name="Height">Rows, 16..4096.</param>
/// <param name="FramesPerSecond">1..240.</param>
public sealed record SolidsOptions(
    double Seconds = 10, ulong Seed = 1, int Width = SolidsPictures.Size, int Height = SolidsPictures.Size, int FramesPerSecond = 25)
{
    /// <summary>How an input of this kind begins.</summary>
    public const string Scheme = "solids:";

    private const int MinSize = 16;
    private const int MaxSize = 4096;
    private const int MaxRate = 240;
    private const double MaxSeconds = 1e6;

    /// <summary>Frames in the scene, or null where it is endless.</summary>
    public long? FrameCount => Seconds == 0 ? null : Math.Max(1, (long)Math.Round(Seconds * FramesPerSecond));

    /// <summary>True for an input name that means the scene, such as `solids:` or `solids:seconds=3,seed=2`.</summary>
    public static bool Matches(string input) => input is not null && input.StartsWith(Scheme, StringComparison.Ordinal);

    /// <summary>Reads `solids:key=value,...`.</summary>
    /// <exception cref="UserErrorException">A key is not known or a value is out of range (exit 2).</exception>
    public static SolidsOptions Parse(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!Matches(input))
            throw new ArgumentException($"'{input}' does not start with '{Scheme}'", nameof(input));

        SolidsOptions options = new();
        string[] pairs = input[Scheme.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string pair in pairs)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? pair : pair[..equals];
            string value = equals < 0 ? "" : pair[(equals + 1)..];
            options = key switch
            {
                "seconds" => options with { Seconds = SecondsOf(input, value) },
                "seed" => options with { Seed = SeedOf(input, value) },
                "size" => WithSize(options, input, value),
                "fps" => options with { FramesPerSecond = Whole(input, key, value, 1, MaxRate) },
                _ => throw Wrong(input, $"unknown key '{key}'; the keys are seconds, seed, size and fps"),
            };
        }

        return options;
    }

    private static SolidsOptions WithSize(SolidsOptions options, string input, string value)
    {
        string[] sides = value.Split('x');
        if (sides.Length != 2)
            throw Wrong(input, $"size is '{value}'; write it as WIDTHxHEIGHT, such as size=320x240");
        return options with
        {
            Width = Whole(input, "size (width)", sides[0], MinSize, MaxSize),
            Height = Whole(input, "size (height)", sides[1], MinSize, MaxSize),
        };
    }

    private static double SecondsOf(string input, string value)
    {
        bool ok = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds);
        if (!ok || seconds > MaxSeconds)
            throw Wrong(input, $"seconds is '{value}'; give a number from 0 (endless) to {MaxSeconds:f0}, such as seconds=10 or seconds=2.5");
        return seconds;
    }

    private static ulong SeedOf(string input, string value)
    {
        if (!ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
            throw Wrong(input, $"seed is '{value}'; give a whole number from 0 to {ulong.MaxValue}");
        return seed;
    }

    private static int Whole(string input, string key, string value, int from, int to)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < from || number > to)
            throw Wrong(input, $"{key} is '{value}'; give a whole number from {from} to {to}");
        return number;
    }

    private static UserErrorException Wrong(string input, string what) =>
        new(ExitCode.Usage, $"input '{input}': {what} (defaults: solids:seconds=10,seed=1,size=160x160,fps=25)");
}
