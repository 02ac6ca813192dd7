namespace Realtime.Filter.Tiles;

/// <summary>How many tiles went through a purifier and how many kept the output they had.</summary>
/// <param name="Purified">Tiles purified.</param>
/// <param name="Reused">Tiles whose purified output was used again.</param>
public readonly record struct TileCounts(long Purified, long Reused)
{
    /// <summary>All tiles of all frames.</summary>
    public long All => Purified + Reused;

    /// <summary>The part that was reused, 0 to 1; 0 where there was no tile.</summary>
    public double ReusedShare => All == 0 ? 0 : (double)Reused / All;
}
