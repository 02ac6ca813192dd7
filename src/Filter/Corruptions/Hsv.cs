namespace Realtime.Filter.Corruptions;

/// <summary>Hue, saturation and value of a colour (Smith 1978); hue in turns, 0 where there is none.</summary>
/// <param name="Hue">[0, 1).</param>
/// <param name="Saturation">[0, 1].</param>
/// <param name="Value">[0, 1], the largest of R, G and B.</param>
internal readonly record struct Hsv(float Hue, float Saturation, float Value)
{
    /// <summary>From RGB in [0, 1].</summary>
    public static Hsv FromRgb(float red, float green, float blue)
    {
        float most = MathF.Max(red, MathF.Max(green, blue)), range = most - MathF.Min(red, MathF.Min(green, blue));
        if (range <= 0)
            return new Hsv(0, 0, most);
        float sixths = most == red ? (green - blue) / range : most == green ? 2 + ((blue - red) / range) : 4 + ((red - green) / range);
        return new Hsv((sixths < 0 ? sixths + 6 : sixths) / 6, range / most, most);
    }

    /// <summary>To RGB in [0, 1].</summary>
    public (float Red, float Green, float Blue) ToRgb() => (Channel(5), Channel(3), Channel(1));

    /// <summary>Changes the colours of a picture one by one.</summary>
    /// <param name="picture">[3, H, W].</param>
    /// <param name="result">[3, H, W].</param>
    /// <param name="change">From the old colour to the new.</param>
    public static void Map(ReadOnlySpan<float> picture, Span<float> result, Func<Hsv, Hsv> change)
    {
        int plane = picture.Length / 3;
        for (int i = 0; i < plane; i++)
            (result[i], result[plane + i], result[(2 * plane) + i]) = change(FromRgb(picture[i], picture[plane + i], picture[(2 * plane) + i])).ToRgb();
    }

    /// <summary>One channel: the value, less what saturation takes away at this distance from the channel's hue.</summary>
    private float Channel(int offset)
    {
        float place = (offset + (Hue * 6)) % 6;
        return Value - (Value * Saturation * Math.Clamp(MathF.Min(place, 4 - place), 0, 1));
    }
}
