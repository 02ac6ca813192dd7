using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Trainer.Tests.Export;

/// <summary>Runs a gradient graph in ONNX Runtime.</summary>
internal sealed class GradientProbe : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions run = new();
    private readonly long[] picture;

    public GradientProbe(OnnxModel gradientGraph)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        session = new InferenceSession(OnnxWriter.ToBytes(gradientGraph), options);
        picture = [.. gradientGraph.Graph.Inputs[0].Dimensions!.Skip(1).Select(d => d.Size!.Value)];
    }

    public int PictureLength => (int)picture.Aggregate((a, b) => a * b);

    public (float[] Logits, float[] Loss, float[] Gradient) Evaluate(float[] pictures, long[] labels)
    {
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(pictures, [labels.Length, .. picture]);
        using OrtValue y = OrtValue.CreateTensorValueFromMemory(labels, [labels.Length]);
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, ["picture", "label"], [x, y], ["logits", "loss", "gradient"]);
        return (results[0].GetTensorDataAsSpan<float>().ToArray(), results[1].GetTensorDataAsSpan<float>().ToArray(), results[2].GetTensorDataAsSpan<float>().ToArray());
    }

    /// <summary>Checks the gradient against central differences of the loss, extrapolated from two step sizes.</summary>
    /// <param name="seed">Of pictures and labels.</param>
    /// <param name="step">The larger step.</param>
    /// <param name="kinks">Share of the values that may differ because a Relu switches within the step; 0 for smooth nets.</param>
    public void CheckAgainstDifferences(int seed, float step, double kinks)
    {
        const int Count = 3, Classes = 4;
        const float Tolerance = 1e-3f;
        Random random = new(seed);
        float[] pictures = [.. Enumerable.Range(0, Count * PictureLength).Select(_ => random.NextSingle())];
        long[] labels = [.. Enumerable.Range(0, Count).Select(_ => (long)random.Next(Classes))];
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
