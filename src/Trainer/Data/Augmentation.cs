namespace Realtime.Trainer.Data;

/// <summary>A mirror image and a shift by whole pixels with edges reflected; the default is no change.</summary>
/// <param name="Mirror">Left and right exchanged.</param>
/// <param name="ShiftX">Pixels to the right.</param>
/// <param name="ShiftY">Pixels down.</param>
public readonly record struct Augmentation(bool Mirror, int ShiftX, int ShiftY)
{
    // Division, as the filter divides: i * (1 / 255) is another float for some i.
    private static readonly float[] Values = [.. Enumerable.Range(0, 256).Select(i => i / 255f)];

    /// <summary>Draws a mirror image at even odds and shifts of at most <paramref name="reach"/> pixels.</summary>
    public static Augmentation Draw(Random random, int reach)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new(random.Next(2) == 1, reach == 0 ? 0 : random.Next(-reach, reach + 1), reach == 0 ? 0 : random.Next(-reach, reach + 1));
    }

    /// <summary>Writes the changed picture as floats in [0, 1].</summary>
    /// <param name="source">[3, S, S] bytes.</param>
    /// <param name="target">[3, S, S] floats.</param>
    /// <param name="size">Edge length S.</param>
    public void Apply(ReadOnlySpan<byte> source, Span<float> target, int size)
    {
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < size; y++)
            {
                ReadOnlySpan<byte> row = source.Slice((c * size + Reflect(y - ShiftY, size)) * size, size);
                Span<float> into = target.Slice((c * size + y) * size, size);
                for (int x = 0; x < size; x++)
                {
                    int from = Reflect(x - ShiftX, size);
                    into[x] = Values[row[Mirror ? size - 1 - from : from]];
                }
            }
        }
    }

    private static int Reflect(int at, int size) => at < 0 ? -at : at >= size ? 2 * size - 2 - at : at;
}
