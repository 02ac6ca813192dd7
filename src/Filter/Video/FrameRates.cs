using System.Globalization;

namespace Realtime.Filter.Video;

/// <summary>Frame rates between numbers, as people and progress lines use them, and fractions, as containers do.</summary>
internal static class FrameRates
{
    /// <summary>The fraction of a rate: whole (25/1), NTSC (30000/1001) or to a thousandth.</summary>
    public static (int Numerator, int Denominator) ToFraction(double rate)
    {
        if (!double.IsFinite(rate) || rate <= 0)
            return (25, 1);
        double whole = Math.Round(rate);
        if (whole >= 1 && Math.Abs(rate - whole) < 1e-4)
            return ((int)whole, 1);
        double ntsc = Math.Round(rate * 1.001);
        return ntsc >= 1 && Math.Abs(rate - (ntsc / 1.001)) < 1e-3 ? ((int)ntsc * 1000, 1001) : ((int)Math.Max(1, Math.Round(rate * 1000)), 1000);
    }

    /// <summary>Parses "30000/1001" or "25:1"; null for "0/0" and what is no fraction.</summary>
    public static (int Numerator, int Denominator)? Parse(string? text)
    {
        string[] parts = (text ?? "").Split('/', ':');
        return parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out int numerator)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out int denominator)
            && numerator > 0 && denominator > 0
            ? (numerator, denominator)
            : null;
    }
}
