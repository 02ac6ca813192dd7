namespace Realtime.Filter.Classifiers;

/// <summary>What a checked classifier works on.</summary>
/// <param name="Labels">The class names in logit order.</param>
/// <param name="Width">Picture width in pixels.</param>
/// <param name="Height">Picture height in pixels.</param>
internal sealed record PictureModel(IReadOnlyList<string> Labels, int Width, int Height)
{
    private const int LargestBatch = 32;

    /// <summary>How pictures are fed.</summary>
    public PictureFormat Format { get; init; } = PictureFormat.Plain;

    /// <summary>What the numbers of the output are.</summary>
    public ClassifierOutput Output { get; init; } = ClassifierOutput.Logits;

    /// <summary>The shape of an output without the batch: [K], or [K, 1, 1] where the model keeps the places of its last pooling.</summary>
    public IReadOnlyList<long> OutputShape { get; init; } = [Labels.Count];

    /// <summary>Pictures in a run at most: 1 where the model has no free batch.</summary>
    public int Batch { get; init; } = LargestBatch;

    /// <summary>What was assumed because neither the model nor the user says it; null where nothing was.</summary>
    public string? Assumption { get; init; }

    /// <summary>The shape of a batch of pictures as it is fed.</summary>
    public long[] InputShape(long count) => Format.Layout == PictureLayout.Nchw ? [count, 3, Height, Width] : [count, Height, Width, 3];
}
