using System.Globalization;

namespace Realtime.Viewer.Overlay;

/// <summary>A line of text that is put together anew in every frame without allocating. What does not fit is left out.</summary>
internal sealed class TextLine
{
    private readonly char[] letters = new char[256];
    private int length;

    /// <summary>What has been added since the last <see cref="New"/>.</summary>
    public ReadOnlySpan<char> Text => letters.AsSpan(0, length);

    /// <summary>Empties the line.</summary>
    public TextLine New()
    {
        length = 0;
        return this;
    }

    public TextLine Add(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, letters.Length - length)];
        text.CopyTo(letters.AsSpan(length));
        length += text.Length;
        return this;
    }

    public TextLine Add(long number)
    {
        if (number.TryFormat(letters.AsSpan(length), out int written, default, CultureInfo.InvariantCulture))
            length += written;
        return this;
    }

    /// <summary>A time as "0:07.2" or "1:02:03.4".</summary>
    public TextLine AddClock(double seconds)
    {
        long tenths = (long)Math.Round(Math.Max(0, seconds) * 10), minutes = tenths / 600;
        if (minutes >= 60)
            Add(minutes / 60).Add(minutes % 60 < 10 ? ":0" : ":");
        return Add(minutes % 60).Add(tenths % 600 < 100 ? ":0" : ":").Add(tenths % 600 / 10).Add(".").Add(tenths % 10);
    }

    /// <summary>A number with so many digits after the point; "–" where it is none.</summary>
    public TextLine Add(double number, int digits = 1)
    {
        ReadOnlySpan<char> format = digits switch { 0 => "F0", 1 => "F1", _ => "F2" };
        if (!double.IsFinite(number))
            return Add("–");
        if (number.TryFormat(letters.AsSpan(length), out int written, format, CultureInfo.InvariantCulture))
            length += written;
        return this;
    }
}
