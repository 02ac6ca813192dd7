namespace Realtime.Filter.Attacks;

/// <summary>What an <see cref="AutoAttack"/> has seen and done so far; tallies of parts of a set add up to that of the set.</summary>
/// <param name="ExpectsChance">Whether it is the version for stochastic victims.</param>
/// <param name="Pictures">Pictures attacked.</param>
/// <param name="RightBefore">Those that the victim got right before.</param>
/// <param name="Members">The members' tallies; the last one's survivors are the robust pictures.</param>
/// <param name="IsRandom">Whether logits of one picture differed between two calls.</param>
/// <param name="IsSoftmax">Whether all logits looked like probabilities.</param>
/// <param name="WithoutGradient">Clean pictures at which the gradient was exactly zero.</param>
public sealed record AutoAttackTally(
    bool ExpectsChance, long Pictures, long RightBefore, IReadOnlyList<AutoAttackMember> Members, bool IsRandom, bool IsSoftmax, long WithoutGradient)
{
    private const double TellingShare = 0.002;

    /// <summary>Reasons to doubt the result, as the authors' code gives them; empty where there is none.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<string> Warnings
    {
        get
        {
            List<string> warnings = [];
            if (IsRandom && !ExpectsChance)
                warnings.Add("The victim's logits are random: use the version rand.");
            if (!IsRandom && ExpectsChance && Pictures > 0)
                warnings.Add("The victim's logits are not random: the version standard is stronger.");
            if (IsSoftmax)
                warnings.Add("The victim returns probabilities, not logits: gradients may vanish.");
            if (WithoutGradient > 0)
                warnings.Add($"The gradient is exactly zero at {WithoutGradient} of {Pictures} clean pictures: gradient attacks may fail for that reason alone.");
            foreach (AutoAttackMember member in Members)
            {
                long lost = member.Tried - member.Survived;
                if (member.Name.StartsWith("Square", StringComparison.Ordinal) && lost > TellingShare * Pictures)
                    warnings.Add($"{member.Name} needs no gradient and fooled {lost} pictures that the gradient attacks did not: the gradient is likely masked.");
            }

            return warnings;
        }
    }

    /// <summary>The tally of both parts.</summary>
    /// <param name="other">The same attack's tally of other pictures.</param>
    public AutoAttackTally Add(AutoAttackTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new AutoAttackTally(
            ExpectsChance,
            Pictures + other.Pictures,
            RightBefore + other.RightBefore,
            [.. Members.Zip(other.Members, (a, b) => a with { Tried = a.Tried + b.Tried, Survived = a.Survived + b.Survived })],
            IsRandom || other.IsRandom,
            IsSoftmax && other.IsSoftmax,
            WithoutGradient + other.WithoutGradient);
    }
}
