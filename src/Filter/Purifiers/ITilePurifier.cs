using Realtime.Filter.Graph;

namespace Realtime.Filter.Purifiers;

/// <summary>A purifier of square tiles. Used from one thread.</summary>
public interface ITilePurifier : IDisposable
{
    /// <summary>The model's name, for display.</summary>
    string Name { get; }

    /// <summary>Edge length S of a tile in pixels, 32 for the shipped models.</summary>
    int TileSize { get; }

    /// <summary>How it works, for the log: "2 threads, batches of 49". Empty where there is nothing to tell.</summary>
    string Work => "";

    /// <summary>
    /// What makes two purifications of the same tile differ ("node noise (RandomNormalLike)"); null where nothing is left to chance. Only then may
    /// the output for one tile stand for another of the same pixels.
    /// </summary>
    string? Randomness { get; }

    /// <summary>Told once before the first frame how many tiles a frame has, to measure or to reserve what it likes.</summary>
    /// <param name="count">Tiles of a frame, at least 1.</param>
    void Prepare(int count)
    {
    }

    /// <summary>Told once, after <see cref="Prepare"/>, to write down what its own threads do.</summary>
    /// <param name="trace">Borrowed until the purifier is disposed.</param>
    void TraceTo(FrameTrace trace)
    {
    }

    /// <summary>Purifies <paramref name="count"/> tiles.</summary>
    /// <param name="tiles">[count, 3, S, S] RGB in [0, 1].</param>
    /// <param name="purified">[count, 3, S, S], same range; must not overlap <paramref name="tiles"/>.</param>
    /// <param name="count">Number of tiles, at least 1.</param>
    void Purify(Memory<float> tiles, Memory<float> purified, int count);
}
