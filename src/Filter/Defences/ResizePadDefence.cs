using Realtime.Filter.Attacks;

namespace Realtime.Filter.Defences;

/// <summary>
/// Random resizing and padding (Xie et al. 2018). The paper resizes 299 pixels to 299..330 and pads to 331 with black; here the picture keeps
/// its size, so it shrinks to 0.9 (299 / 331) of it up to all of it and the rest is black. One draw for each picture.
/// </summary>
public sealed class ResizePadDefence : ClassicalDefence
{
    private const double Least = 299.0 / 331;

    private readonly List<ResizeAndPad> draws = [];
    private int width;
    private int height;

    /// <inheritdoc/>
    public override string Name => "resize-pad";

    /// <inheritdoc/>
    public override bool IsStochastic => true;

    /// <inheritdoc/>
    public override string GradientKind => "exact";

    /// <inheritdoc/>
    protected override void Begin(int count, int width, int height)
    {
        (this.width, this.height) = (width, height);
        draws.Clear();
    }

    /// <inheritdoc/>
    protected override void DefendOne(int index, ReadOnlySpan<float> picture, Random random, Span<float> defended)
    {
        ArgumentNullException.ThrowIfNull(random);
        ResizeAndPad draw = new(width, height, Least, random);
        draws.Add(draw);
        draw.Apply(picture, defended);
    }

    /// <inheritdoc/>
    protected override void BackwardOne(int index, ReadOnlySpan<float> gradient, Span<float> result) => draws[index].ApplyAdjoint(gradient, result);
}
