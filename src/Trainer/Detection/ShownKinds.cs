using System.Globalization;
using Realtime.Filter.Attacks;
using Realtime.Filter.Corruptions;
using Realtime.Filter.Defences;
using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Detection;

/// <summary>The kinds of pictures that a calibration shows to the alarm.</summary>
public static class ShownKinds
{
    private static readonly int[] NoiseLevels = [2, 4, 8];
    private static readonly string[] Compressed = ["jpeg-75", "jpeg-50", "jpeg-30"];
    private static readonly string[] Recoloured = ["brightness-2", "contrast-2"];
    private static readonly int[] AttackLevels = [2, 4, 8];
    private static readonly int[] AdaptiveLevels = [2, 8];

    /// <summary>All of them, clean pictures first.</summary>
    /// <param name="purifier">Whom the adaptive attacks go through.</param>
    /// <param name="steps">Steps of every attack.</param>
    public static IReadOnlyList<ShownKind> All(string purifier, int steps) =>
    [
        new("clean", ShownRole.Clean, (context, places) => context.Batch.Pick(context.Batch.Clean, places)),
        .. NoiseLevels.Select(Noise),
        .. Compressed.Select(Defended),
        .. Recoloured.Select(name => Corrupted(CorruptionFactory.Create(name))),
        .. AttackLevels.Select(levels => Attacked("pgd", levels, steps)),
        Attacked("apgd-ce", 8, steps),
        .. AdaptiveLevels.Select(levels => Adaptive("apgd-ce", levels, steps, purifier)),
    ];

    /// <summary>Normally distributed noise, the same deviation for every value, cut at black and white.</summary>
    private static ShownKind Noise(int levels)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"noise {levels}/255");
        return new(name, ShownRole.Changed, (context, places) =>
        {
            float[] pictures = context.Batch.Pick(context.Batch.Clean, places);
            Random chance = context.Chance(name);
            for (int i = 0; i < pictures.Length; i++)
            {
                // Box and Muller; one of the two draws is enough.
                double draw = Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
                pictures[i] = (float)Math.Clamp(pictures[i] + (levels / 255.0 * draw), 0, 1);
            }

            return pictures;
        });
    }

    private static ShownKind Defended(string name) => new(name, ShownRole.Changed, (context, places) =>
    {
        float[] pictures = context.Batch.Pick(context.Batch.Clean, places), changed = new float[pictures.Length];
        using IDefence defence = DefenceFactory.Create(name);
        defence.Defend(pictures, context.Batch.Size, context.Batch.Size, context.Chance(name), changed);
        return changed;
    });

    private static ShownKind Corrupted(ICorruption change) => new(change.Name, ShownRole.Changed, (context, places) =>
    {
        int each = context.Batch.Each;
        float[] pictures = context.Batch.Pick(context.Batch.Clean, places), changed = new float[pictures.Length];
        for (int n = 0; n < places.Length; n++)
            change.Apply(pictures.AsSpan(n * each, each), pictures.AsSpan(n * each, each), changed.AsSpan(n * each, each));
        return changed;
    });

    private static ShownKind Attacked(string attack, int levels, int steps)
    {
        string name = AttackFactory.Create(attack, levels / 255f, steps).Name;
        return new(name, ShownRole.Attacked, (context, places) => Perturbed(context, places, attack, levels, steps, context.Classifier));
    }

    private static ShownKind Adaptive(string attack, int levels, int steps, string purifier)
    {
        string name = $"{AttackFactory.Create(attack, levels / 255f, steps).Name}, full gradient";
        return new(name, ShownRole.Adaptive, (context, places) => Perturbed(context, places, attack, levels, steps, context.Full(purifier, context.Chance("defence"))));
    }

    private static float[] Perturbed(UnitContext context, int[] places, string attack, int levels, int steps, IGradient victim) =>
        new BatchAttack(context, context.Deployed(BatchRow.Undefended))
            .Perturb(new AttackMember(_ => AttackFactory.Create(attack, levels / 255f, steps), victim), places, leaves: null);
}
