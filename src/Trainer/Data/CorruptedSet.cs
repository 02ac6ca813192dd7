using Realtime.Filter.Corruptions;

namespace Realtime.Trainer.Data;

/// <summary>A set whose pictures a corruption has changed, rounded to 8 bits. Where it needs a companion, that is another picture of the set, drawn once for each by seed.</summary>
public sealed class CorruptedSet : IPictureSet
{
    private readonly IPictureSet set;
    private readonly byte[][] pictures;

    /// <summary>Changes the first pictures of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="corruption">The change.</param>
    /// <param name="count">How many pictures, from the start; companions come from the whole set.</param>
    /// <param name="seed">Of the companions.</param>
    public CorruptedSet(IPictureSet set, ICorruption corruption, int count, int seed)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(corruption);
        ArgumentOutOfRangeException.ThrowIfLessThan(set.Count, 2, nameof(set));
        this.set = set;
        Name = $"{set.Name}, {corruption.Name}";
        pictures = new byte[Math.Min(count, set.Count)][];
        float[] changed = new float[3 * set.Size * set.Size];
        for (int i = 0; i < pictures.Length; i++)
        {
            // One generator for each picture, so that its companion does not depend on the others.
            int other = (i + 1 + new Random(SeedOf(seed, i)).Next(set.Count - 1)) % set.Count;
            corruption.Apply(Floats(set.Picture(i)), Floats(set.Picture(other)), changed);
            pictures[i] = [.. changed.Select(value => (byte)MathF.Round(value * 255))];
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count => pictures.Length;

    /// <inheritdoc/>
    public int Size => set.Size;

    /// <inheritdoc/>
    public IReadOnlyList<string> Labels => set.Labels;

    /// <inheritdoc/>
    public int Label(int index) => set.Label(index);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Picture(int index) => pictures[index];

    private static int SeedOf(int seed, int index) => unchecked((seed * 1_000_003) + index);

    private static float[] Floats(ReadOnlySpan<byte> bytes)
    {
        float[] floats = new float[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
            floats[i] = bytes[i] / 255f;
        return floats;
    }
}
