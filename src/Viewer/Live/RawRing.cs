namespace Realtime.Viewer.Live;

/// <summary>The raw pictures of the frames that are on their way, by frame number.</summary>
internal sealed class RawRing
{
    private const int Capacity = 16;    // more than there are slots in a graph of a few stages

    private readonly byte[][] pictures;

    public RawRing(int bytes) => pictures = [.. Enumerable.Range(0, Capacity).Select(_ => new byte[bytes])];

    /// <summary>The place of frame <paramref name="id"/>.</summary>
    public byte[] Of(long id) => pictures[id % Capacity];
}
