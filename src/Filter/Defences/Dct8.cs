namespace Realtime.Filter.Defences;

/// <summary>The 8x8 discrete cosine transform of JPEG (ITU-T T.81, A.3.3) and its inverse, which is its transpose.</summary>
internal static class Dct8
{
    /// <summary>Edge of a block.</summary>
    public const int Size = 8;

    private static readonly float[] Forwards = Basis(transposed: false);
    private static readonly float[] Backwards = Basis(transposed: true);

    /// <summary>Values to frequencies, in place.</summary>
    /// <param name="block">[8, 8].</param>
    public static void Forward(Span<float> block) => Apply(Forwards, block);

    /// <summary>Frequencies to values, in place.</summary>
    /// <param name="block">[8, 8].</param>
    public static void Inverse(Span<float> block) => Apply(Backwards, block);

    /// <summary>M X M^T, as twice (M X)^T.</summary>
    private static void Apply(float[] matrix, Span<float> block)
    {
        Span<float> between = stackalloc float[Size * Size];
        MultiplyTransposed(matrix, block, between);
        MultiplyTransposed(matrix, between, block);
    }

    private static void MultiplyTransposed(ReadOnlySpan<float> matrix, ReadOnlySpan<float> from, Span<float> to)
    {
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < Size; column++)
            {
                float sum = 0;
                for (int k = 0; k < Size; k++)
                    sum += matrix[(row * Size) + k] * from[(k * Size) + column];
                to[(column * Size) + row] = sum;
            }
        }
    }

    private static float[] Basis(bool transposed)
    {
        float[] basis = new float[Size * Size];
        for (int frequency = 0; frequency < Size; frequency++)
        {
            double scale = Math.Sqrt((frequency == 0 ? 1.0 : 2.0) / Size);
            for (int place = 0; place < Size; place++)
                basis[transposed ? (place * Size) + frequency : (frequency * Size) + place] = (float)(scale * Math.Cos(((2 * place) + 1) * frequency * Math.PI / (2 * Size)));
        }

        return basis;
    }
}
