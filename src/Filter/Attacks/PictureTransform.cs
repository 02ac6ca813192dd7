namespace Realtime.Filter.Attacks;

/// <summary>Turns pictures into others of the same shape, or a gradient at the ones into a gradient at the others.</summary>
/// <param name="from">[count, 3, H, W].</param>
/// <param name="to">[count, 3, H, W] receives the result; does not overlap <paramref name="from"/>.</param>
public delegate void PictureTransform(ReadOnlySpan<float> from, Span<float> to);
