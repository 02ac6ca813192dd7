using System.Globalization;
using System.Security;
using System.Text;
using Realtime.Filter.Captions;

namespace Realtime.Filter.Plots;

/// <summary>Draws a chart as SVG 1.1 text.</summary>
internal sealed class SvgPen : IPen
{
    private readonly StringBuilder text = new();

    /// <summary>Begins a picture.</summary>
    /// <param name="width">Nominal width.</param>
    /// <param name="height">Nominal height.</param>
    /// <param name="title">What the picture is, for readers who do not see it.</param>
    public SvgPen(int width, int height, string title)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" role=\"img\">\n");
        Add($"<title>{SecurityElement.Escape(title)}</title>\n");
    }

    /// <inheritdoc/>
    public void Fill(double left, double top, double width, double height, Ink ink, double opacity = 1) =>
        Add($"<rect x=\"{left:0.##}\" y=\"{top:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" fill=\"{Colour(ink)}\"{(opacity < 1 ? Attribute("fill-opacity", opacity) : "")}/>\n");

    /// <inheritdoc/>
    public void Line(ReadOnlySpan<(double X, double Y)> points, double thickness, Ink ink)
    {
        text.Append("<polyline fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\" points=\"");
        for (int i = 0; i < points.Length; i++)
            Add($"{(i > 0 ? " " : "")}{points[i].X:0.##},{points[i].Y:0.##}");
        Add($"\" stroke=\"{Colour(ink)}\" stroke-width=\"{thickness:0.##}\"/>\n");
    }

    /// <inheritdoc/>
    public void Disc(double x, double y, double radius, Ink ink) => Add($"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\" fill=\"{Colour(ink)}\"/>\n");

    /// <inheritdoc/>
    public void Text(double x, double baseline, string text, double size, Ink ink, TextAnchor anchor = TextAnchor.Start, bool bold = false)
    {
        string at = anchor switch { TextAnchor.Middle => " text-anchor=\"middle\"", TextAnchor.End => " text-anchor=\"end\"", _ => "" };
        Add($"<text x=\"{x:0.##}\" y=\"{baseline:0.##}\" font-size=\"{size:0.##}\" fill=\"{Colour(ink)}\"{at}{(bold ? " font-weight=\"bold\"" : "")}>{SecurityElement.Escape(text)}</text>\n");
    }

    /// <summary>The picture.</summary>
    public override string ToString() => text + "</svg>\n";

    private static string Colour(Ink ink) => $"#{ink.R:x2}{ink.G:x2}{ink.B:x2}";

    private static string Attribute(string name, double value) => string.Create(CultureInfo.InvariantCulture, $" {name}=\"{value:0.##}\"");

    private void Add(FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));
}
