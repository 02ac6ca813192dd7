namespace Realtime.Filter.Attacks;

/// <summary>An attack in the ball of <see cref="Epsilon"/> around the clean picture, intersected with [0, 1].</summary>
public interface IAttack
{
    /// <summary>The field's name of the attack and its settings, for tables ("PGD-20 8/255").</summary>
    string Name { get; }

    /// <summary>The name and every other setting that the result depends on, for files that keep results.</summary>
    string Settings => Name;

    /// <summary>Radius of the ball in units of the pixel range [0, 1] (8/255 = 0.0314); infinity for attacks that look for the smallest change.</summary>
    float Epsilon { get; }

    /// <summary>What <see cref="Epsilon"/> measures.</summary>
    Norm Norm => Norm.Linf;

    /// <summary>The fewest classes a victim must have: 3 for DLR, 4 for its targeted form. To be asked before hours are spent.</summary>
    int LeastClasses => 2;

    /// <summary>Searches the ball for pictures with a higher loss.</summary>
    /// <param name="victim">The model under attack, as far as the attacker knows it.</param>
    /// <param name="clean">[count, 3, H, W] RGB in [0, 1]; a value outside throws <see cref="ArgumentException"/>.</param>
    /// <param name="labels">[count] the true classes; for a targeted attack the classes to reach.</param>
    /// <param name="adversarial">[count, 3, H, W] the result, inside the ball and inside [0, 1].</param>
    /// <param name="random">Source of random starts.</param>
    void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random);
}
