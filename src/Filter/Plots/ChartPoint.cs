namespace Realtime.Filter.Plots;

/// <summary>One value of a series.</summary>
/// <param name="X">Place on the axis; in a <see cref="BarChart"/> the number of the category, from 0.</param>
/// <param name="Y">The value; NaN where nothing was measured.</param>
/// <param name="Low">Lower end of its interval, where it has one.</param>
/// <param name="High">Upper end of its interval.</param>
public readonly record struct ChartPoint(double X, double Y, double? Low = null, double? High = null);
