using Realtime.Filter.Captions;

namespace Realtime.Filter.Plots;

/// <summary>The colours of charts; those of series are Okabe and Ito's, which colour-blind eyes tell apart.</summary>
internal static class ChartInks
{
    private static readonly Ink[] Series =
    [
        new(0, 114, 178), new(230, 159, 0), new(0, 158, 115), new(213, 94, 0),
        new(204, 121, 167), new(86, 180, 233), new(120, 124, 132), new(196, 180, 20),
    ];

    public static Ink Paper => new(255, 255, 255);

    public static Ink Text => new(28, 31, 38);

    public static Ink Faint => new(92, 98, 110);

    public static Ink Grid => new(228, 231, 236);

    public static Ink Axis => new(120, 126, 138);

    /// <summary>The colour of a series.</summary>
    public static Ink Of(int series) => Series[series % Series.Length];
}
