using System.Globalization;
using Realtime.Filter.Captions;

namespace Realtime.Filter.Plots;

/// <summary>Curves with their intervals: accuracy against epsilon, or a receiver operating characteristic.</summary>
public sealed class LineChart : Chart
{
    private const double LabelSize = 12;

    /// <summary>What the horizontal scale measures, with its unit.</summary>
    public required string PlaceLabel { get; init; }

    /// <summary>A dot on every point; for curves of few points.</summary>
    public bool HasDots { get; init; } = true;

    /// <inheritdoc/>
    private protected override (double First, double Last) Range
    {
        get
        {
            double[] places = [.. Series.SelectMany(series => series.Points).Select(point => point.X)];
            if (places.Length == 0)
                return (0, 1);
            return places.Max() > places.Min() ? (places.Min(), places.Max()) : (places.Min() - 0.5, places.Max() + 0.5);
        }
    }

    /// <inheritdoc/>
    private protected override int LabelRows => 2;

    /// <inheritdoc/>
    private protected override void DrawData(IPen pen, ChartArea area)
    {
        foreach (double tick in Ticks.Between(area.FirstX, area.LastX, 8))
        {
            pen.Fill(area.X(tick) - 0.5, area.Top, 1, area.Height + 5, ChartInks.Grid);
            pen.Text(area.X(tick), area.Bottom + 19, tick.ToString(CultureInfo.InvariantCulture), LabelSize, ChartInks.Faint, TextAnchor.Middle);
        }

        pen.Text(area.Left + (area.Width / 2), area.Bottom + 39, PlaceLabel, LabelSize, ChartInks.Faint, TextAnchor.Middle);
        for (int i = 0; i < Series.Count; i++)
            DrawCurve(pen, area, Series[i], ChartInks.Of(i));
    }

    private void DrawCurve(IPen pen, ChartArea area, ChartSeries series, Ink ink)
    {
        ChartPoint[] points = [.. series.Points.Where(point => !double.IsNaN(point.Y))];
        pen.Line([.. points.Select(point => (area.X(point.X), area.Y(point.Y)))], 2.2, ink);
        foreach (ChartPoint point in points)
        {
            if (point is { Low: double low, High: double high })
                pen.Line([(area.X(point.X), area.Y(low)), (area.X(point.X), area.Y(high))], 1.2, ink);
            if (HasDots)
                pen.Disc(area.X(point.X), area.Y(point.Y), 3.6, ink);
        }
    }
}
