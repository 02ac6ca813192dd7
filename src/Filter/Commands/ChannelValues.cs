using System.Globalization;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Commands;

/// <summary>Reads numbers for red, green and blue, and sizes, as users write them.</summary>
internal static class ChannelValues
{
    private const int MostPixels = 4096;

    /// <summary>Reads one number for all channels or three.</summary>
    /// <param name="option">Whose value it is, for messages.</param>
    /// <param name="text">"0.5", "123.7/255", "0.485,0.456,0.406".</param>
    /// <param name="mustBePositive">Whether zero and less are refused.</param>
    /// <returns>[3].</returns>
    /// <exception cref="UserErrorException">Something else (usage).</exception>
    public static float[] Parse(string option, string text, bool mustBePositive)
    {
        float[] values = [.. text.Split(',').Select(Number)];
        if (values.Length is not (1 or 3) || values.Any(value => !float.IsFinite(value) || (mustBePositive && value <= 0)))
            throw new UserErrorException(ExitCode.Usage, $"{option} '{text}' must be one {(mustBePositive ? "positive " : "")}number or three with commas, as 0.5 or 0.485,0.456,0.406 or 1/255.");
        return values.Length == 3 ? values : [values[0], values[0], values[0]];
    }

    /// <summary>Reads a square's edge, "224", or "WIDTHxHEIGHT".</summary>
    /// <exception cref="UserErrorException">Something else, or less than 1 or more than 4096 pixels (usage).</exception>
    public static (int Width, int Height) ParseSize(string option, string text)
    {
        int[] sides = [.. text.Split('x').Select(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out int pixels) ? pixels : 0)];
        if (sides.Length is not (1 or 2) || sides.Any(side => side is < 1 or > MostPixels))
            throw new UserErrorException(ExitCode.Usage, $"{option} '{text}' must be 224 or WIDTHxHEIGHT, from 1 to {MostPixels} pixels.");
        return (sides[0], sides[^1]);
    }

    // Not a number where it is none: refused with the others.
    private static float Number(string text)
    {
        float[] parts = [.. text.Split('/').Select(part => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value : float.NaN)];
        return parts.Length switch { 1 => parts[0], 2 => parts[0] / parts[1], _ => float.NaN };
    }
}
