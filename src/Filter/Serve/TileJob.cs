namespace Realtime.Filter.Serve;

/// <summary>The tiles of one frame of one stream on their way through the shared purifier. Used again for every frame; whoever holds the purifier's gate may touch it.</summary>
internal sealed class TileJob
{
    private int count;
    private int taken;

    /// <summary>[count, 3, S, S] RGB in [0, 1].</summary>
    public Memory<float> Tiles { get; private set; }

    /// <summary>[count, 3, S, S], filled by and by.</summary>
    public Memory<float> Purified { get; private set; }

    /// <summary>Tiles that no batch has taken yet.</summary>
    public int Waiting => count - taken;

    /// <summary>Whether the stream waits for it.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>Why it could not be done; null while all went well.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>A new frame.</summary>
    public void Begin(Memory<float> tiles, Memory<float> purified, int count)
    {
        (Tiles, Purified, this.count, taken, Failure, IsUnderWay) = (tiles, purified, count, 0, null, true);
    }

    /// <summary>Gives tiles to a batch.</summary>
    /// <returns>The number of the first.</returns>
    public int Take(int tiles)
    {
        int first = taken;
        taken += tiles;
        return first;
    }

    /// <summary>Gives the frame up: the tiles that still wait need not be done.</summary>
    public void Fail(Exception failure)
    {
        Failure ??= failure;
        taken = count;
    }

    /// <summary>Says that the tiles taken so far are done.</summary>
    public void Settle() => IsUnderWay = IsUnderWay && Waiting > 0;
}
