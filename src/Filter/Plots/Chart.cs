using System.Globalization;
using Realtime.Filter.Errors;
using Realtime.Filter.Images;

namespace Realtime.Filter.Plots;

/// <summary>A chart of values on a vertical scale, written as SVG or as PNG; both show the same.</summary>
public abstract class Chart
{
    /// <summary>Height without what is below the axis of categories.</summary>
    private const int Height = 540;

    private const double Margin = 24;
    private const double AxisWidth = 46;
    private const double SmallText = 12;
    private const int PngScale = 2;

    /// <summary>What is shown.</summary>
    public required string Title { get; init; }

    /// <summary>Data, threat model and count, in smaller letters.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>What the vertical scale measures, with its unit.</summary>
    public required string ValueLabel { get; init; }

    /// <summary>The values; at most eight series tell their colours apart.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Lowest value of the vertical scale.</summary>
    public double LeastValue { get; init; }

    /// <summary>Highest value of the vertical scale.</summary>
    public double MostValue { get; init; } = 100;

    /// <summary>Nominal width in pixels; the PNG has twice as many.</summary>
    public int Width { get; init; } = 960;

    /// <summary>Writes the chart; a file there is replaced when the new one is whole.</summary>
    /// <param name="path">Ends in .svg or .png; its folder exists.</param>
    /// <exception cref="UserErrorException">Another extension (usage), or the file cannot be written (failed).</exception>
    public void Write(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension is not (".svg" or ".png"))
            throw new UserErrorException(ExitCode.Usage, $"A chart is written as .svg or .png, found '{path}'.");
        string partial = Path.ChangeExtension(path, ".partial" + extension);
        try
        {
            if (extension == ".svg")
                File.WriteAllText(partial, ToSvg());
            else
                WritePng(partial, path);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Failed, $"'{path}' cannot be written: {error.Message}", error);
        }
    }

    /// <summary>The chart as SVG text.</summary>
    public string ToSvg()
    {
        SvgPen pen = new(Width, Height, Title);
        Draw(pen);
        return pen.ToString();
    }

    /// <summary>The chart as pixels.</summary>
    internal RasterPen ToPixels(int scale)
    {
        RasterPen pen = new(Width, Height, scale);
        Draw(pen);
        return pen;
    }

    /// <summary>The values at the two ends of the horizontal scale.</summary>
    private protected abstract (double First, double Last) Range { get; }

    /// <summary>Width of the rectangle the data is drawn in.</summary>
    private protected double PlotWidth => Width - (2 * Margin) - AxisWidth;

    /// <summary>Rows of text below the axis.</summary>
    private protected abstract int LabelRows { get; }

    /// <summary>Draws the series and the labels below the axis.</summary>
    private protected abstract void DrawData(IPen pen, ChartArea area);

    /// <summary>Where a text is <paramref name="size"/> pixels an em, the pixels of one of its characters.</summary>
    private protected static double Advance(double size) => Captions.Font.FontAtlas.Advance * size;

    private void WritePng(string partial, string path)
    {
        RasterPen pen = ToPixels(PngScale);
        PictureWriter.Write(partial, path, pen.Width, pen.Height, pen.Pixels);
    }

    private void Draw(IPen pen)
    {
        pen.Fill(0, 0, Width, Height, ChartInks.Paper);
        pen.Text(Margin, Margin + 14, Title, 18, ChartInks.Text, bold: true);
        pen.Text(Margin, Margin + 36, Subtitle, SmallText, ChartInks.Faint);
        double top = DrawLegend(pen, Margin + 62);
        (double first, double last) = Range;
        ChartArea area = new(Margin + AxisWidth, top + 44, PlotWidth, Height - top - 44 - Margin - (LabelRows * 17), first, last, LeastValue, MostValue);
        pen.Text(Margin, area.Top - 14, ValueLabel, SmallText, ChartInks.Faint);
        foreach (double tick in Ticks.Between(LeastValue, MostValue, 6))
        {
            pen.Fill(area.Left, area.Y(tick) - 0.5, area.Width, 1, tick == LeastValue ? ChartInks.Axis : ChartInks.Grid);
            pen.Text(area.Left - 8, area.Y(tick) + 4, tick.ToString(CultureInfo.InvariantCulture), SmallText, ChartInks.Faint, TextAnchor.End);
        }

        DrawData(pen, area);
    }

    /// <summary>Names and colours from left to right, in as many rows as they take.</summary>
    private double DrawLegend(IPen pen, double row)
    {
        double x = Margin;
        for (int i = 0; i < Series.Count; i++)
        {
            double width = 18 + (Series[i].Name.Length * Advance(SmallText)) + 22;
            if (x > Margin && x + width > Width - Margin)
                (x, row) = (Margin, row + 20);
            pen.Fill(x, row - 10, 12, 12, ChartInks.Of(i));
            pen.Text(x + 18, row, Series[i].Name, SmallText, ChartInks.Text);
            x += width;
        }

        return row;
    }
}
