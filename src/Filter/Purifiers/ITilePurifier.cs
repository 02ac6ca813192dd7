namespace Realtime.Filter.Purifiers;

/// <summary>A purifier of square tiles. Used from one thread.</summary>
public interface ITilePurifier : IDisposable
{
    /// <summary>The model's name, for display.</summary>
    string Name { get; }

    /// <summary>Edge length S of a tile in pixels, 32 for the shipped models.</summary>
    int TileSize { get; }

    /// <summary>Purifies <paramref name="count"/> tiles.</summary>
    /// <param name="tiles">[count, 3, S, S] RGB in [0, 1].</param>
    /// <param name="purified">[count, 3, S, S], same range; must not overlap <paramref name="tiles"/>.</param>
    /// <param name="count">Number of tiles, at least 1.</param>
    void Purify(Memory<float> tiles, Memory<float> purified, int count);
}
