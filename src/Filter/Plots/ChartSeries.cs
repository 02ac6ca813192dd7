namespace Realtime.Filter.Plots;

/// <summary>Values of one thing, in one colour.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">The values, for lines by rising X.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points);
