using Realtime.Filter.Tiles;

namespace Realtime.Filter.Purifiers;

/// <summary>
/// Applies <see cref="TileHealth"/> to whole frames of which only some tiles were purified: it remembers the others. Used from one thread.
/// </summary>
internal sealed class StreamHealth
{
    private readonly TileLook[] looks;   // [N]
    private readonly int tileLength;

    /// <summary>Prepares for the frames of one size.</summary>
    public StreamHealth(TileGrid grid)
    {
        looks = new TileLook[grid.Count];
        tileLength = grid.TileLength;
    }

    /// <summary>Checks a frame.</summary>
    /// <param name="before">The tiles that were purified; all of the grid in the first frame.</param>
    /// <param name="after">The same tiles purified.</param>
    /// <returns>What is wrong, or null.</returns>
    public string? Fault(TileBuffer before, TileBuffer after)
    {
        ReadOnlySpan<int> positions = before.Positions;
        for (int i = 0; i < positions.Length; i++)
        {
            TileLook look = TileHealth.Look(before.Values.AsSpan(i * tileLength, tileLength), after.Values.AsSpan(i * tileLength, tileLength));
            if (look == TileLook.NotFinite)
                return TileHealth.NotFinite;
            looks[positions[i]] = look;
        }

        return !looks.AsSpan().Contains(TileLook.Shows) && looks.AsSpan().Contains(TileLook.Lost) ? TileHealth.AllFlat : null;
    }
}
