using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

/// <summary>A small nonlinear net, z = B tanh(A (x - 0.5)), with seeded weights and its gradient by hand.</summary>
internal sealed class TanhVictim : IGradient
{
    private readonly double[][] inner;
    private readonly double[][] outer;

    public TanhVictim(int length, int hidden, int classes, int seed)
    {
        Random random = new(seed);
        inner = Matrix(random, hidden, length, 4);
        outer = Matrix(random, classes, hidden, 2);
        PictureLength = length;
        Classes = classes;
    }

    public int Classes { get; }

    public int PictureLength { get; }

    public long PicturesSeen { get; private set; }

    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
    {
        PicturesSeen += labels.Length;
        for (int n = 0; n < labels.Length; n++)
        {
            float[] x = pictures.Slice(n * PictureLength, PictureLength).ToArray();
            double[] h = [.. inner.Select(row => Math.Tanh(row.Zip(x, (a, v) => a * (v - 0.5)).Sum()))];
            double[] z = [.. outer.Select(row => row.Zip(h, (b, v) => b * v).Sum())];
            double max = z.Max();
            double sum = z.Sum(v => Math.Exp(v - max));
            loss[n] = (float)(Math.Log(sum) + max - z[labels[n]]);
            for (int k = 0; k < Classes; k++)
                logits[(n * Classes) + k] = (float)z[k];
            for (int i = 0; i < PictureLength; i++)
            {
                double slope = 0;
                for (int j = 0; j < h.Length; j++)
                {
                    double back = 0;
                    for (int k = 0; k < Classes; k++)
                        back += ((Math.Exp(z[k] - max) / sum) - (k == labels[n] ? 1 : 0)) * outer[k][j];
                    slope += back * (1 - (h[j] * h[j])) * inner[j][i];
                }

                gradient[(n * PictureLength) + i] = (float)slope;
            }
        }
    }

    /// <summary>Loss and predicted class of every picture.</summary>
    public (float[] Loss, long[] Predicted) Judge(float[] pictures, long[] labels)
    {
        float[] logits = new float[labels.Length * Classes];
        float[] loss = new float[labels.Length];
        Evaluate(pictures, labels, logits, loss, new float[pictures.Length]);
        long[] predicted = [.. logits.Chunk(Classes).Select(z => (long)Array.IndexOf(z, z.Max()))];
        return (loss, predicted);
    }

    private static double[][] Matrix(Random random, int rows, int columns, double scale) =>
        [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => ((2 * random.NextDouble()) - 1) * scale / Math.Sqrt(columns)).ToArray())];
}
