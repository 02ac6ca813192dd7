using System.Numerics.Tensors;

namespace Realtime.Filter.Corruptions;

/// <summary>Every channel drawn towards its mean, as in ImageNet-C and CIFAR-10-C (Hendrycks and Dietterich 2019).</summary>
/// <param name="severity">1..5.</param>
public sealed class Contrast(int severity) : ICorruption
{
    private readonly int severity = Severity.Require(severity);

    /// <inheritdoc/>
    public string Name => $"contrast-{severity}";

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> picture, ReadOnlySpan<float> companion, Span<float> result)
    {
        float scale = Severity.Of(severity, picture.Length, [0.75f, 0.5f, 0.4f, 0.3f, 0.15f], [0.4f, 0.3f, 0.2f, 0.1f, 0.05f]);
        int plane = picture.Length / 3;
        for (int at = 0; at < picture.Length; at += plane)
        {
            float mean = TensorPrimitives.Sum(picture.Slice(at, plane)) / plane;
            for (int i = at; i < at + plane; i++)
                result[i] = Math.Clamp(((picture[i] - mean) * scale) + mean, 0, 1);
        }
    }
}
