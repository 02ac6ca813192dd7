using Realtime.Filter.Classifiers;

namespace Realtime.Filter.Tests.Guard;

/// <summary>Tells dark pictures from bright ones by their mean; fails on the calls named, counted from 1.</summary>
internal sealed class FakeClassifier(int width = 8, int height = 6, params int[] failing) : IClassifier
{
    private int calls;

    /// <summary>What it answers then.</summary>
    public float Failure { get; init; } = float.NaN;

    public string Name => "fake";

    public IReadOnlyList<string> Labels { get; } = ["dark", "bright"];

    public int Width => width;

    public int Height => height;

    public void Classify(Memory<float> pictures, Memory<float> logits, int count)
    {
        float sum = 0;
        foreach (float value in pictures.Span)
            sum += value;
        float mean = sum / pictures.Length;
        logits.Span[0] = failing.Contains(++calls) ? Failure : 1 - mean;
        logits.Span[1] = mean;
    }

    public void Dispose()
    {
    }
}
