namespace Realtime.Filter.Purifiers;

/// <summary>
/// Looks for the batch size that costs the least time a tile. Small batches leave their values in a core's cache from one operator to the next, large ones pay the
/// cost of a run less often; where they meet depends on the model and the processor.
/// </summary>
internal static class BatchSizeSearch
{
    /// <summary>The size where nothing is measured.</summary>
    public const int Usual = 16;

    private const double Worse = 1.05;      // beyond noise: two sizes in a row that are this much slower end the search
    private const double Near = 1.2;        // near enough to be measured once more: the first ones were measured while everything was cold
    private const double Equal = 1.02;      // within noise: then the larger, which makes fewer runs
    private const int Again = 2;

    private static readonly int[] Sizes = [4, 8, 16, 32, 64];

    /// <summary>Measures sizes, small ones first, until they only get slower; then the near ones again, in turns.</summary>
    /// <param name="share">Tiles of a frame for each core; no size is above it.</param>
    /// <param name="timePerTile">Time a tile with batches of a size, in any unit.</param>
    /// <returns>A size from 1 to <paramref name="share"/>.</returns>
    public static int Choose(int share, Func<int, double> timePerTile)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 1);
        ArgumentNullException.ThrowIfNull(timePerTile);
        if (share <= Sizes[0])
            return share;
        List<(int Size, double Time)> measured = [];
        double fastest = double.PositiveInfinity;
        foreach (int size in Sizes.Where(size => size < share).Append(share).Where(size => size <= Sizes[^1]))
        {
            measured.Add((size, timePerTile(size)));
            fastest = Math.Min(fastest, measured[^1].Time);
            if (measured.Count > 1 && measured[^1].Time > Worse * fastest && measured[^2].Time > Worse * fastest)
                break;
        }

        (int Size, double Time)[] near = [.. measured.Where(one => one.Time <= Near * fastest)];
        for (int again = 0; again < Again; again++)
        {
            for (int i = 0; i < near.Length; i++)
                near[i].Time = Math.Min(near[i].Time, timePerTile(near[i].Size));
        }

        fastest = near.Min(one => one.Time);
        return near.Last(one => one.Time <= Equal * fastest).Size;
    }
}
