using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Tests.Serve;

/// <summary>
/// Inverts tiles of one size 2, remembers what was in each batch by the first value of each tile, and waits for a permit before every batch where a test wants to decide
/// what waits meanwhile.
/// </summary>
internal sealed class GatedPurifier(bool isOpen = true) : ITilePurifier
{
    private readonly SemaphoreSlim permits = new(isOpen ? int.MaxValue : 0);

    /// <summary>Fails on batches that hold a tile which begins with it.</summary>
    public float? Poison { get; init; }

    /// <summary>What it throws then.</summary>
    public Exception Failure { get; init; } = new PurificationException("poisoned");

    /// <summary>The first values of the tiles of every batch that began.</summary>
    public List<float[]> Batches { get; } = [];

    public SemaphoreSlim Begun { get; } = new(0);

    public int? Prepared { get; private set; }

    public bool IsDisposed { get; private set; }

    public string Name => "gated";

    public int TileSize => 2;

    public string? Randomness => null;

    public void Prepare(int count) => Prepared = count;

    /// <summary>Lets one more batch pass.</summary>
    public void Permit() => permits.Release();

    public void Purify(Memory<float> tiles, Memory<float> purified, int count)
    {
        float[] firsts = [.. Enumerable.Range(0, count).Select(tile => tiles.Span[tile * 12])];
        lock (Batches)
            Batches.Add(firsts);
        Begun.Release();
        permits.Wait();
        if (Poison is { } poison && firsts.Contains(poison))
            throw Failure;
        for (int i = 0; i < count * 12; i++)
            purified.Span[i] = 1 - tiles.Span[i];
    }

    public void Dispose() => IsDisposed = true;
}
