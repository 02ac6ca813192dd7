namespace Realtime.Filter.Classifiers;

/// <summary>A picture classifier with its normalisation inside: RGB in [0, 1] goes in, logits come out. Used from one thread.</summary>
public interface IClassifier : IDisposable
{
    /// <summary>The model's name, for display.</summary>
    string Name { get; }

    /// <summary>The class names in logit order.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>Picture width W in pixels.</summary>
    int Width { get; }

    /// <summary>Picture height H in pixels.</summary>
    int Height { get; }

    /// <summary>Computes the logits of <paramref name="count"/> pictures.</summary>
    /// <param name="pictures">[count, 3, H, W] RGB in [0, 1].</param>
    /// <param name="logits">[count, Labels.Count].</param>
    /// <param name="count">Number of pictures, at least 1.</param>
    void Classify(Memory<float> pictures, Memory<float> logits, int count);
}
