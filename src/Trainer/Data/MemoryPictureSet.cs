namespace Realtime.Trainer.Data;

/// <summary>A picture set over one array of records: a label byte and then the pixel planes, CIFAR-10's own layout.</summary>
public sealed class MemoryPictureSet : IPictureSet
{
    private readonly byte[][] chunks;
    private readonly int perChunk;
    private readonly int recordLength;

    /// <summary>Wraps records that are already in memory.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="size">Edge length S.</param>
    /// <param name="labels">Class names.</param>
    /// <param name="chunks">Arrays of whole records, each array but the last with the same number of them.</param>
    public MemoryPictureSet(string name, int size, IReadOnlyList<string> labels, IReadOnlyList<byte[]> chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        (Name, Size, Labels) = (name, size, labels);
        this.chunks = [.. chunks];
        recordLength = 1 + 3 * size * size;
        perChunk = this.chunks[0].Length / recordLength;
        Count = this.chunks.Sum(c => c.Length / recordLength);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Labels { get; }

    /// <inheritdoc/>
    public int Label(int index) => Record(index)[0];

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Picture(int index) => Record(index)[1..];

    private ReadOnlySpan<byte> Record(int index) => chunks[index / perChunk].AsSpan(index % perChunk * recordLength, recordLength);
}
