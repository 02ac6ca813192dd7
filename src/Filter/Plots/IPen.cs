using Realtime.Filter.Captions;

namespace Realtime.Filter.Plots;

/// <summary>What a chart is drawn with; lengths are pixels of the chart's nominal size, y goes down.</summary>
internal interface IPen
{
    /// <summary>A filled rectangle.</summary>
    void Fill(double left, double top, double width, double height, Ink ink, double opacity = 1);

    /// <summary>Straight lines from point to point.</summary>
    void Line(ReadOnlySpan<(double X, double Y)> points, double thickness, Ink ink);

    /// <summary>A filled disc.</summary>
    void Disc(double x, double y, double radius, Ink ink);

    /// <summary>One line of text.</summary>
    /// <param name="x">The point that <paramref name="anchor"/> names.</param>
    /// <param name="baseline">The line that small letters stand on.</param>
    /// <param name="text">The text.</param>
    /// <param name="size">Pixels an em.</param>
    /// <param name="ink">Colour.</param>
    /// <param name="anchor">What of the text lies at <paramref name="x"/>.</param>
    /// <param name="bold">The bold face.</param>
    void Text(double x, double baseline, string text, double size, Ink ink, TextAnchor anchor = TextAnchor.Start, bool bold = false);
}
