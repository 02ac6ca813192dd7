using System.Numerics.Tensors;

namespace Realtime.Filter.Purifiers;

/// <summary>Tells a purified frame from a broken one, so that a black or constant picture never counts as success.</summary>
public static class TileHealth
{
    /// <summary>The first fault: a value is infinite or not a number.</summary>
    internal const string NotFinite = "the purifier gave values that are not finite (NaN or infinity)";

    /// <summary>The second fault.</summary>
    internal const string AllFlat = "the purifier gave flat tiles for a picture that is not flat";

    private const float Flat = 1f / 512;     // half a grey level: no pixel of the tile can differ after rounding
    private const float Textured = 16f / 255;   // a tile with this much in it cannot honestly come back flat

    /// <summary>Checks the purified tiles of one frame.</summary>
    /// <param name="tiles">[N, 3, S, S] before.</param>
    /// <param name="purified">[N, 3, S, S] after.</param>
    /// <param name="tileLength">3 * S * S.</param>
    /// <returns>What is wrong, or null: a value that is not finite, or all tiles flat although some were not.</returns>
    public static string? Fault(ReadOnlySpan<float> tiles, ReadOnlySpan<float> purified, int tileLength)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(purified.Length, tiles.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tiles.Length % tileLength, 0);
        bool anyShows = false, anyLost = false;
        for (int at = 0; at < tiles.Length; at += tileLength)
        {
            TileLook look = Look(tiles.Slice(at, tileLength), purified.Slice(at, tileLength));
            if (look == TileLook.NotFinite)
                return NotFinite;
            anyShows |= look == TileLook.Shows;
            anyLost |= look == TileLook.Lost;
        }

        return anyLost && !anyShows ? AllFlat : null;
    }

    /// <summary>What became of one tile.</summary>
    /// <param name="tile">[3, S, S] before.</param>
    /// <param name="purified">[3, S, S] after.</param>
    internal static TileLook Look(ReadOnlySpan<float> tile, ReadOnlySpan<float> purified)
    {
        if (!float.IsFinite(TensorPrimitives.MaxMagnitude(purified)))
            return TileLook.NotFinite;
        if (!IsWithin(purified, Flat))
            return TileLook.Shows;
        return IsWithin(tile, Textured) ? TileLook.Plain : TileLook.Lost;
    }

    // Each channel on its own: a tile of one colour is flat too.
    private static bool IsWithin(ReadOnlySpan<float> tile, float range)
    {
        int plane = tile.Length / 3;
        for (int channel = 0; channel < 3; channel++)
        {
            ReadOnlySpan<float> values = tile.Slice(channel * plane, plane);
            if (TensorPrimitives.Max(values) - TensorPrimitives.Min(values) > range)
                return false;
        }

        return true;
    }
}
