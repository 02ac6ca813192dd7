using Realtime.Filter.Detection;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Detection;

/// <summary>A calibration from its settings to its figures: checks, measurement, fit, report.</summary>
/// <param name="settings">Pictures, classifier, one defence, steps, seed.</param>
/// <param name="set">The pictures.</param>
/// <param name="falsePositiveRate">The share of unattacked pictures that may be flagged, 0..1.</param>
public sealed class DetectorCalibration(EvaluationSettings settings, IPictureSet set, double falsePositiveRate)
{
    private readonly IReadOnlyList<ShownKind> kinds = ShownKinds.All(settings.Defences[0], settings.Steps);

    /// <summary>Told after each batch: how many are done, and of how many.</summary>
    public Action<int, int>? Measured { get; init; }

    /// <summary>Calibrates.</summary>
    /// <param name="open">Makes a worker's models.</param>
    /// <param name="labels">The classifier's class names.</param>
    /// <param name="command">The line that does it again.</param>
    /// <param name="made">With what.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The figures, and the curve of every attack.</returns>
    /// <exception cref="UserErrorException">Something does not fit, or there are too few pictures.</exception>
    public (DetectorReport Report, IReadOnlyList<(string Name, Roc Curve)> Curves) Run(
        Func<IEvaluationModels> open, IReadOnlyList<string> labels, string command, Provenance made, int workers, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(open);
        using (IEvaluationModels models = open())
            EvaluationChecks.Run(settings, set, models, labels);
        RequireEnough();
        AlarmModels belongs = AlarmModels.Of(settings.Defences[0], settings.Classifier);
        IReadOnlyDictionary<ShownKind, ShownPicture?[]> shown = new DetectorRun(settings, set, kinds, open) { Measured = Measured }.Run(workers, cancellation);
        AlarmCalibration calibration = DetectorFit.Fit(
            DetectorFigures.Fitted(shown, ShownRole.Clean, ShownRole.Changed), DetectorFigures.Fitted(shown, ShownRole.Attacked), belongs, falsePositiveRate, command);
        DetectorFigures figures = new(shown, calibration);
        DetectorReport report = new(command, set.Name, settings.Count, Fingerprints.Of(set, settings.Count), made, calibration, figures.Rows(), figures.FalseAlarms(settings.Seed));
        return (report, [.. kinds.Where(kind => kind.Role is ShownRole.Attacked or ShownRole.Adaptive).Select(kind => (kind.Name, figures.Curve(kind)))]);
    }

    // A threshold that lets less than one picture pass would be the highest score by chance.
    private void RequireEnough()
    {
        int unattacked = kinds.Count(kind => kind.Role is ShownRole.Clean or ShownRole.Changed), fitted = (settings.Count + 1) / 2;
        if (settings.Count >= 2 && Roc.Allowed(fitted * unattacked, falsePositiveRate) >= 1)
            return;
        int needed = Math.Max(2, 2 * (int)Math.Ceiling(1 / falsePositiveRate / unattacked));
        throw new UserErrorException(
            ExitCode.Usage,
            FormattableString.Invariant($"--count {settings.Count} gives {fitted * unattacked} unattacked pictures to choose a threshold on, too few for a false-positive rate of {falsePositiveRate:0.######}: --count {needed} at least, or a higher --false-positives."));
    }
}
