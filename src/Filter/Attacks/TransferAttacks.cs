namespace Realtime.Filter.Attacks;

/// <summary>The iterative sign attacks that carry over to other victims: compositions of input diversity and translation invariance with momentum.</summary>
public static class TransferAttacks
{
    /// <summary>DI-FGSM, TI-FGSM and their momentum forms ("MI-DI-FGSM").</summary>
    /// <param name="epsilon">Radius of the ball.</param>
    /// <param name="steps">The papers' 10.</param>
    /// <param name="stepSize">Length of a step; epsilon / steps when not given.</param>
    /// <param name="momentum">The share of the old direction that is kept: 0 for the plain forms, 1 for the momentum ones.</param>
    /// <param name="diverse">Whether the victim sees resized and padded pictures, <see cref="DiverseGradient"/>.</param>
    /// <param name="smoothed">Whether gradients are smoothed, <see cref="SmoothedGradient"/>.</param>
    /// <param name="goal">Norm, loss and target.</param>
    public static IAttack Create(float epsilon, int steps, float? stepSize, float momentum, bool diverse, bool smoothed, AttackGoal? goal = null)
    {
        string family = $"{(momentum > 0 ? "MI-" : "")}{(smoothed ? "TI-" : "")}{(diverse ? "DI-" : "")}FGSM";
        return new ComposedAttack(
            inner => inner.Name.Replace("MI-FGSM", family, StringComparison.Ordinal),
            new MiFgsm(epsilon, steps, stepSize, momentum, goal),
            (victim, random) =>
            {
                IGradient seen = diverse ? new DiverseGradient(victim, random) : victim;
                return smoothed ? new SmoothedGradient(seen) : seen;
            });
    }
}
