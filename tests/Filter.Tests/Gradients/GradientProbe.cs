using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Attacks;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Gradients;

/// <summary>Runs a gradient graph in ONNX Runtime.</summary>
internal sealed class GradientProbe : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions run = new();
    private readonly long[] picture;
    private readonly int classes;

    public GradientProbe(OnnxModel gradientGraph)
    {
        using SessionOptions options = OnnxSessions.Options();
        session = new InferenceSession(OnnxWriter.ToBytes(gradientGraph), options);
        picture = [.. gradientGraph.Graph.Inputs[0].Dimensions!.Skip(1).Select(d => d.Size!.Value)];
        classes = (int)gradientGraph.Graph.Outputs[0].Dimensions![1].Size!.Value;
    }

    public int PictureLength => (int)picture.Aggregate((a, b) => a * b);

    /// <summary>Cross-entropy: slope -1 at the label, and the whole share of the logits' logsumexp.</summary>
    public (float[] Logits, float[] Loss, float[] Gradient) Evaluate(float[] pictures, long[] labels)
    {
        float[] slopes = new float[labels.Length * classes], shares = new float[labels.Length];
        for (int n = 0; n < labels.Length; n++)
            (slopes[(n * classes) + labels[n]], shares[n]) = (-1, 1);
        (float[] logits, float[] gradient) = Evaluate(pictures, slopes, shares);
        return (logits, [.. labels.Select((label, n) => CrossEntropyLoss.Of(logits.AsSpan(n * classes, classes), label))], gradient);
    }

    public (float[] Logits, float[] Gradient) Evaluate(float[] pictures, float[] slopes, float[] shares)
    {
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(pictures, [shares.Length, .. picture]);
        using OrtValue slope = OrtValue.CreateTensorValueFromMemory(slopes, [shares.Length, classes]);
        using OrtValue share = OrtValue.CreateTensorValueFromMemory(shares, [shares.Length, 1]);
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, ["picture", "slope", "share"], [x, slope, share], ["logits", "gradient"]);
        return (results[0].GetTensorDataAsSpan<float>().ToArray(), results[1].GetTensorDataAsSpan<float>().ToArray());
    }

    /// <summary>Checks the gradient against central differences of the loss, extrapolated from two step sizes.</summary>
    /// <param name="seed">Of pictures and labels.</param>
    /// <param name="step">The larger step.</param>
    /// <param name="kinks">Share of the values that may differ because a Relu switches within the step; 0 for smooth nets.</param>
    public void CheckAgainstDifferences(int seed, float step, double kinks)
    {
        const int Count = 3;
        const float Tolerance = 1e-3f;
        Random random = new(seed);
        float[] pictures = [.. Enumerable.Range(0, Count * PictureLength).Select(_ => random.NextSingle())];
        long[] labels = [.. Enumerable.Range(0, Count).Select(_ => (long)random.Next(classes))];
        float[] gradient = Evaluate(pictures, labels).Gradient;
        Assert.True(gradient.Max(MathF.Abs) > 20 * Tolerance, $"the gradient is too small to be checked: {gradient.Max(MathF.Abs)}");
        List<string> wrong = [];
        for (int i = 0; i < PictureLength; i++)
        {
            float[] wide = Difference(pictures, labels, i, step), narrow = Difference(pictures, labels, i, step / 2);
            for (int n = 0; n < Count; n++)
            {
                float expected = ((4 * narrow[n]) - wide[n]) / 3, found = gradient[(n * PictureLength) + i];
                if (MathF.Abs(expected - found) > Tolerance)
                    wrong.Add($"picture {n} value {i}: {found}, by differences {expected}");
            }
        }

        Assert.True(wrong.Count <= kinks * gradient.Length, $"{wrong.Count} of {gradient.Length} values are wrong: {string.Join("; ", wrong.Take(5))}");
    }

    /// <summary>The same value of every picture moves at once: pictures do not influence each other.</summary>
    private float[] Difference(float[] pictures, long[] labels, int index, float step)
    {
        float[] up = [.. pictures], down = [.. pictures];
        for (int at = index; at < pictures.Length; at += PictureLength)
        {
            up[at] += step;
            down[at] -= step;
        }

        float[] above = Evaluate(up, labels).Loss, below = Evaluate(down, labels).Loss;
        return [.. above.Zip(below, (a, b) => (a - b) / (2 * step))];
    }

    public void Dispose()
    {
        run.Dispose();
        session.Dispose();
    }
}
