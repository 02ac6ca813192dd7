namespace Realtime.Filter.Attacks;

/// <summary>An attack that looks at its victim through a composition: EOT, BPDA, input diversity, translation invariance.</summary>
/// <param name="name">The name for tables, made of the inner attack.</param>
/// <param name="inner">The attack.</param>
/// <param name="wrap">The composition, made anew for each batch from the victim and the attack's source of chance.</param>
public sealed class ComposedAttack(Func<IAttack, string> name, IAttack inner, Func<IGradient, Random, IGradient> wrap) : IAttack
{
    /// <inheritdoc/>
    public string Name => name(inner);

    /// <inheritdoc/>
    public float Epsilon => inner.Epsilon;

    /// <inheritdoc/>
    public Norm Norm => inner.Norm;

    /// <inheritdoc/>
    public int LeastClasses => inner.LeastClasses;

    /// <inheritdoc/>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random) =>
        inner.Perturb(wrap(victim, random), clean, labels, adversarial, random);
}
