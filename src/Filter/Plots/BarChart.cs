using System.Globalization;
using Realtime.Filter.Captions;

namespace Realtime.Filter.Plots;

/// <summary>Bars in groups, one group a category, one bar a series, with intervals; "–" where nothing was measured.</summary>
public sealed class BarChart : Chart
{
    private const double LabelSize = 12;
    private const double LargestValue = 11;
    private const double SmallestValue = 8.5;
    private const double Least = 1.5;        // so that a bar of value 0 shows its colour

    /// <summary>Names of the groups, from left to right.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    private double GroupWidth => PlotWidth / Math.Max(1, Categories.Count);

    /// <inheritdoc/>
    private protected override (double First, double Last) Range => (-0.5, Categories.Count - 0.5);

    /// <inheritdoc/>
    private protected override int LabelRows => Math.Max(1, Categories.Max(category => Wrapped(category).Count));

    /// <inheritdoc/>
    private protected override void DrawData(IPen pen, ChartArea area)
    {
        double bar = GroupWidth * 0.8 / Math.Max(1, Series.Count);
        for (int series = 0; series < Series.Count; series++)
        {
            foreach (ChartPoint point in Series[series].Points)
                DrawBar(pen, area, point, area.X(point.X) + ((series - (Series.Count / 2.0)) * bar), bar, ChartInks.Of(series));
        }

        for (int i = 0; i < Categories.Count; i++)
        {
            double row = area.Bottom + 18;
            foreach (string line in Wrapped(Categories[i]))
            {
                pen.Text(area.X(i), row, line, LabelSize, ChartInks.Text, TextAnchor.Middle);
                row += 16;
            }
        }
    }

    private static void DrawBar(IPen pen, ChartArea area, ChartPoint point, double left, double width, Ink ink)
    {
        double middle = left + (width / 2);
        if (double.IsNaN(point.Y))
        {
            pen.Text(middle, area.Bottom - 6, "–", LargestValue, ChartInks.Faint, TextAnchor.Middle);
            return;
        }

        double top = Math.Min(area.Y(point.Y), area.Bottom - Least);
        pen.Fill(left + 1, top, Math.Max(1, width - 2), area.Bottom - top, ink);
        if (point is { Low: double low, High: double high })
        {
            (double X, double Y)[] line = [(middle, area.Y(low)), (middle, area.Y(high))];
            pen.Line(line, 1.4, ChartInks.Text);
            top = Math.Min(top, area.Y(high));
        }

        // All bars say their value or none does; three digits must fit.
        double size = Math.Min(LargestValue, width / (3 * Advance(1)));
        if (size >= SmallestValue)
            pen.Text(middle, top - 5, point.Y.ToString(width >= 5 * Advance(size) ? "0.0" : "0", CultureInfo.InvariantCulture), size, ChartInks.Text, TextAnchor.Middle);
    }

    /// <summary>A category's words in lines that fit below its group.</summary>
    private List<string> Wrapped(string category)
    {
        int fits = Math.Max(4, (int)(GroupWidth * 0.96 / Advance(LabelSize)));
        List<string> lines = [];
        foreach (string word in category.Split(' '))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= fits)
                lines[^1] += " " + word;
            else
                lines.Add(word);
        }

        return lines;
    }
}
