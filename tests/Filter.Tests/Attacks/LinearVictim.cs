using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

/// <summary>logits = W x + b with cross-entropy, in double: attacks on it have closed forms.</summary>
internal sealed class LinearVictim(float[][] weights, float[]? bias = null) : IGradient
{
    public int Classes => weights.Length;

    public int PictureLength => weights[0].Length;

    public int Evaluations { get; private set; }

    public long PicturesSeen { get; private set; }

    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
    {
        Evaluations++;
        PicturesSeen += labels.Length;
        for (int n = 0; n < labels.Length; n++)
        {
            ReadOnlySpan<float> x = pictures.Slice(n * PictureLength, PictureLength);
            double[] z = new double[Classes];
            for (int k = 0; k < Classes; k++)
            {
                z[k] = bias?[k] ?? 0;
                for (int i = 0; i < x.Length; i++)
                    z[k] += (double)weights[k][i] * x[i];
                logits[(n * Classes) + k] = (float)z[k];
            }

            double max = z.Max();
            double sum = z.Sum(v => Math.Exp(v - max));
            loss[n] = (float)(Math.Log(sum) + max - z[labels[n]]);
            for (int i = 0; i < x.Length; i++)
            {
                // Differences of weights, so that equal weights give exactly zero.
                double slope = 0;
                for (int k = 0; k < Classes; k++)
                    slope += Math.Exp(z[k] - max) / sum * (weights[k][i] - weights[labels[n]][i]);
                gradient[(n * PictureLength) + i] = (float)slope;
            }
        }
    }

    /// <summary>Cross-entropy of one picture.</summary>
    public float Loss(float[] picture, long label)
    {
        float[] loss = new float[1];
        Evaluate(picture, [label], new float[Classes], loss, new float[PictureLength]);
        return loss[0];
    }
}
