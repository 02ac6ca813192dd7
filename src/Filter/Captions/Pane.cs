namespace Realtime.Filter.Captions;

/// <summary>One picture of a side-by-side frame, with what the classifier says of it.</summary>
/// <param name="Title">What the picture is ("raw").</param>
/// <param name="Pixels">[H, W, 3], 0..255.</param>
/// <param name="Label">The classifier's verdict.</param>
/// <param name="Confidence">Its probability, in [0, 1].</param>
/// <param name="IsRight">Whether the verdict is the true class, which gives it its colour; null where nobody knows.</param>
public readonly record struct Pane(string Title, ReadOnlyMemory<byte> Pixels, string Label, float Confidence, bool? IsRight);
