namespace Realtime.Filter.Defences;

/// <summary>Two defences, one behind the other; gradients go back through both, with the draws that were made. Nothing is rounded between them. Owns both.</summary>
/// <param name="first">Sees the picture.</param>
/// <param name="second">Sees what the first one makes of it.</param>
public sealed class ChainedDefence(IDefence first, IDefence second) : IDefence
{
    private float[] between = [];

    /// <summary>Sees the picture.</summary>
    public IDefence First => first;

    /// <summary>Sees what <see cref="First"/> makes of it.</summary>
    public IDefence Second => second;

    /// <inheritdoc/>
    public string Name => $"{first.Name}{DefenceChain.Separator}{second.Name}";

    /// <inheritdoc/>
    public bool IsStochastic => first.IsStochastic || second.IsStochastic;

    /// <inheritdoc/>
    /// <remarks>One word where all parts agree, else that of each part.</remarks>
    public string GradientKind => Parts.Select(part => part.GradientKind).Distinct().Count() == 1
        ? first.GradientKind
        : string.Join(", ", Parts.Select(part => $"{part.Name} {part.GradientKind}"));

    /// <inheritdoc/>
    public IEnumerable<IDefence> Parts => first.Parts.Concat(second.Parts);

    /// <inheritdoc/>
    public void Defend(ReadOnlySpan<float> pictures, int width, int height, Random random, Span<float> defended)
    {
        Span<float> middle = Between(pictures.Length);
        first.Defend(pictures, width, height, random, middle);
        second.Defend(middle, width, height, random, defended);
    }

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<float> gradient, Span<float> result)
    {
        Span<float> middle = Between(gradient.Length);
        second.Backward(gradient, middle);
        first.Backward(middle, result);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    private Span<float> Between(int length)
    {
        if (between.Length < length)
            between = new float[length];
        return between.AsSpan(0, length);
    }
}
