using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>
/// Runs the attacks of a column on a batch and lets the deployed forward pass decide. Without chance, a picture that is fooled after rounding
/// to 8 bits leaves at once, and one that is wrong unattacked counts as broken, since no change is in the ball too. With chance nothing leaves;
/// of the attacks' pictures the one that is right in the fewest draws is taken and judged on fresh draws, so that choosing does not flatter
/// the attack.
/// </summary>
/// <param name="context">Batch, models, chance.</param>
/// <param name="deployed">The judge.</param>
public sealed class BatchAttack(UnitContext context, DeployedDefence deployed)
{
    private readonly PictureBatch batch = context.Batch;

    /// <summary>[n, 3, S, S] the attacked pictures, of 8 bits.</summary>
    public float[] Adversarial { get; } = [.. context.Batch.Clean];

    /// <summary>[n] right decisions of <see cref="UnitContext.DrawsOf"/>; <see cref="BatchRow.Skipped"/> for those left out.</summary>
    public int[] Right { get; private set; } = [];

    /// <summary>Runs the attacks one after the other.</summary>
    /// <param name="members">The attacks.</param>
    /// <param name="skip">[n] pictures to leave out; they stay clean.</param>
    public void Run(IReadOnlyList<AttackMember> members, bool[] skip)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(skip);
        if (deployed.IsStochastic)
            RunOnChance(members);
        else
            RunOnTheRest(members, skip);
    }

    /// <summary>Attacks pictures to the end, whatever becomes of them, and rounds them.</summary>
    /// <param name="member">The attack.</param>
    /// <param name="places">Which pictures.</param>
    /// <param name="leaves">Which leave before; null for none.</param>
    /// <returns>[places.Length, 3, S, S].</returns>
    public float[] Perturb(AttackMember member, int[] places, LeaveTest? leaves)
    {
        ArgumentNullException.ThrowIfNull(member);
        IAttack attack = member.Create(leaves);
        float[] found = new float[places.Length * batch.Each];
        long[] labels = member.Targets ?? batch.Labels;
        attack.Perturb(member.Victim, batch.Pick(batch.Clean, places), [.. places.Select(n => labels[n])], found, context.Chance(attack.Name));
        Round(attack, found, places);
        return found;
    }

    private void RunOnTheRest(IReadOnlyList<AttackMember> members, bool[] skip)
    {
        Right = deployed.CountRight(batch.Clean, batch.Labels, 1, context.Chance("clean"));
        for (int n = 0; n < batch.Count; n++)
            Right[n] = skip[n] ? BatchRow.Skipped : Right[n];
        foreach (AttackMember member in members)
        {
            int[] left = [.. Enumerable.Range(0, batch.Count).Where(n => Right[n] == 1)];
            if (left.Length == 0)
                return;
            float[] found = Perturb(member, left, LeaveWhenFooled(member, left));
            int[] right = deployed.CountRight(found, [.. left.Select(n => batch.Labels[n])], 1, context.Chance("judge"));
            for (int i = 0; i < left.Length; i++)
            {
                Right[left[i]] = right[i];
                found.AsSpan(i * batch.Each, batch.Each).CopyTo(Adversarial.AsSpan(left[i] * batch.Each));
            }
        }
    }

    private void RunOnChance(IReadOnlyList<AttackMember> members)
    {
        int draws = context.DrawsOf(deployed);
        int[] all = [.. Enumerable.Range(0, batch.Count)];
        int[] fewest = new int[batch.Count];
        Array.Fill(fewest, int.MaxValue);
        foreach (AttackMember member in members)
        {
            float[] found = Perturb(member, all, leaves: null);
            int[] right = deployed.CountRight(found, batch.Labels, draws, context.Chance("choose"));
            foreach (int n in all.Where(n => right[n] < fewest[n]))
            {
                fewest[n] = right[n];
                found.AsSpan(n * batch.Each, batch.Each).CopyTo(Adversarial.AsSpan(n * batch.Each));
            }
        }

        Right = deployed.CountRight(Adversarial, batch.Labels, draws, context.Chance("judge"));
    }

    private LeaveTest LeaveWhenFooled(AttackMember member, int[] left)
    {
        IAttack rounding = member.Create(null);
        Random chance = context.Chance("judge");
        return (points, places, leaves) =>
        {
            int[] whole = new int[places.Length];
            for (int i = 0; i < whole.Length; i++)
                whole[i] = left[places[i]];
            float[] rounded = points.ToArray();
            Round(rounding, rounded, whole);
            long[] classes = new long[whole.Length];
            deployed.Decide(rounded, chance, classes);
            for (int i = 0; i < whole.Length; i++)
                leaves[i] = classes[i] != batch.Labels[whole[i]];
        };
    }

    private void Round(IAttack attack, Span<float> pictures, ReadOnlySpan<int> places)
    {
        byte[] levels = new byte[batch.Each];
        for (int i = 0; i < places.Length; i++)
        {
            Span<float> picture = pictures.Slice(i * batch.Each, batch.Each);
            EightBit.Round(attack, picture, batch.Levels.AsSpan(places[i] * batch.Each, batch.Each), levels);
            for (int p = 0; p < levels.Length; p++)
                picture[p] = levels[p] / 255f;
        }
    }
}
