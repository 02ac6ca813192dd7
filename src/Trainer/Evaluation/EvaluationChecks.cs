using Realtime.Filter.Errors;
using Realtime.Filter.Metrics;
using Realtime.Trainer.Data;

namespace Realtime.Trainer.Evaluation;

/// <summary>What is checked before hours are spent.</summary>
public static class EvaluationChecks
{
    private const int DlrClasses = 3;

    /// <summary>Checks that data, classifier, defences and attacks fit each other.</summary>
    /// <param name="settings">Of the evaluation.</param>
    /// <param name="set">The pictures.</param>
    /// <param name="models">The models; the defences are opened.</param>
    /// <param name="labels">The classifier's class names.</param>
    /// <exception cref="UserErrorException">They do not fit; the message names what, and the way out.</exception>
    public static void Run(EvaluationSettings settings, IPictureSet set, IEvaluationModels models, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(labels);
        if (settings.Count < 1 || settings.Count > set.Count)
            throw Usage($"--count must be 1 to {set.Count}, the pictures of {set.Name}; found {settings.Count}");
        if (set.Size < Ssim.Window)
            throw Usage($"{set.Name} has pictures of {set.Size} pixels; at least {Ssim.Window} are needed to compare them (SSIM)");
        int size = models.Classifier.Width;
        if (models.Classifier.Height != size || set.Size != size)
            throw Usage($"{set.Name} has pictures of {set.Size}x{set.Size} pixels, the classifier '{settings.Classifier}' takes {size}x{models.Classifier.Height}; pictures of a folder can be resized with --resize {size}");
        RequireSameClasses(settings, set, labels);
        RequireClasses(settings, labels.Count);
        foreach (string attack in settings.Attacks.Concat(settings.Transfers))
        {
            int least = AdaptiveUnits.Further(attack, settings).LeastClasses;
            if (labels.Count < least)
                throw Usage($"--attack {attack} needs at least {least} classes; '{settings.Classifier}' has {labels.Count}");
        }

        foreach (string defence in settings.Defences.Concat(settings.Surrogates.Values).Distinct())
        {
            if (models.Defence(defence).Parts.OfType<OnnxDefence>().FirstOrDefault(part => set.Size % part.TileSize != 0) is { TileSize: int tile, Name: string name })
                throw Usage($"'{name}' purifies {tile}-pixel tiles, and {set.Size} pixels are no whole number of them; resize a folder's pictures with --resize {Math.Max(tile, set.Size / tile * tile)}");
        }
    }

    private static void RequireSameClasses(EvaluationSettings settings, IPictureSet set, IReadOnlyList<string> labels)
    {
        if (set.Labels.Count != labels.Count)
            throw Usage($"{set.Name} has {set.Labels.Count} classes, the classifier '{settings.Classifier}' knows {labels.Count}");
        bool hasNames = labels.Any(label => !label.StartsWith("class ", StringComparison.Ordinal));
        for (int k = 0; hasNames && k < labels.Count; k++)
        {
            if (!set.Labels[k].Equals(labels[k], StringComparison.OrdinalIgnoreCase))
                throw Usage($"class {k} is '{set.Labels[k]}' in {set.Name} and '{labels[k]}' for the classifier '{settings.Classifier}': every answer would be counted against the wrong name");
        }
    }

    private static void RequireClasses(EvaluationSettings settings, int classes)
    {
        int targeted = UndefendedUnit.Attack(settings).LeastClasses;
        if (settings.Columns.Contains(EvaluationColumns.Undefended) && classes < targeted)
            throw Usage($"column (a), AutoAttack, needs at least {targeted} classes for the targeted DLR loss; '{settings.Classifier}' has {classes}. Leave it out with --columns");
        if ((settings.Columns.Contains(EvaluationColumns.Full) || settings.Columns.Contains(EvaluationColumns.Eot)) && settings.Defences.Count > 0 && classes < DlrClasses)
            throw Usage($"columns (d) and (e) use the DLR loss, which needs at least {DlrClasses} classes; '{settings.Classifier}' has {classes}. Leave them out with --columns");
    }

    private static UserErrorException Usage(string message) => new(ExitCode.Usage, message + ".");
}
