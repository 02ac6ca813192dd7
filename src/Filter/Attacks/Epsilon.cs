using System.Globalization;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Attacks;

/// <summary>Reads and writes radii and step sizes the way the field does: "8/255" or "0.03".</summary>
public static class Epsilon
{
    private const float Levels = 255;

    /// <summary>Reads a fraction or a decimal number.</summary>
    /// <param name="text">"8/255", "0.03".</param>
    /// <returns>The value in units of the pixel range, 0..1.</returns>
    /// <exception cref="UserErrorException">Not such a number, or outside 0..1 (usage).</exception>
    public static float Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        bool read = float.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out float value);
        if (parts.Length == 2)
        {
            read &= float.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out float divisor) && divisor > 0;
            value /= divisor;
        }

        if (!read || parts.Length > 2 || !float.IsFinite(value))
            throw new UserErrorException(ExitCode.Usage, $"'{text}' is not a size in the pixel range; write it as 8/255 or 0.03.");
        if (value is < 0 or > 1)
        {
            string hint = value is > 1 and <= Levels && parts.Length == 1 ? $"; for levels of 8-bit pixels write {text}/255" : "";
            throw new UserErrorException(ExitCode.Usage, $"'{text}' is outside the pixel range 0..1{hint}.");
        }

        return value;
    }

    /// <summary>Writes whole 8-bit levels as "8/255" and everything else as a decimal number.</summary>
    /// <param name="value">In units of the pixel range.</param>
    public static string Format(float value)
    {
        float levels = MathF.Round(value * Levels);
        return MathF.Abs(levels - (value * Levels)) < 1e-4f
            ? string.Create(CultureInfo.InvariantCulture, $"{levels:0}/255")
            : value.ToString("0.######", CultureInfo.InvariantCulture);
    }
}
