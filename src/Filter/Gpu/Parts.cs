namespace Realtime.Filter.Gpu;

/// <summary>Counts what a whole is cut into: workgroups of a dispatch, fragments of a product.</summary>
internal static class Parts
{
    /// <summary>How many parts of <paramref name="each"/> cover <paramref name="whole"/>: the quotient, rounded up.</summary>
    public static uint Covering(uint whole, uint each) => (whole + each - 1) / each;
}
