using Realtime.Filter.Detection;
using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Detection;

/// <summary>Everything a calibration says about the pictures that it was not fitted on.</summary>
/// <param name="shown">What was measured.</param>
/// <param name="calibration">The fitted score.</param>
public sealed class DetectorFigures(IReadOnlyDictionary<ShownKind, ShownPicture?[]> shown, AlarmCalibration calibration)
{
    /// <summary>The row of all attacks that do not know the purifier.</summary>
    public const string AllAttacks = "all transfer attacks";

    /// <summary>False-positive rates at which detection is reported.</summary>
    public static IReadOnlyList<double> Rates { get; } = [0.05, 0.01, 0.001];

    /// <summary>A row for each kind, and one for all transfer attacks behind the last of them.</summary>
    public IReadOnlyList<DetectorRow> Rows()
    {
        List<DetectorRow> rows = [.. shown.Keys.Select(kind => Row(kind.Name, kind.Role, Reported(kind)))];
        int last = rows.FindLastIndex(row => row.Role == ShownRole.Attacked);
        if (last >= 0)
            rows.Insert(last + 1, Row(AllAttacks, ShownRole.Attacked, [.. Of(ShownRole.Attacked).SelectMany(Reported)]));
        return rows;
    }

    /// <summary>False alarms on clean pictures, and on clean and changed ones.</summary>
    /// <param name="seed">Of the draws.</param>
    public IReadOnlyList<FalseAlarms> FalseAlarms(int seed) =>
    [
        Detection.FalseAlarms.Of("clean", Scores(ShownRole.Clean), calibration, seed),
        Detection.FalseAlarms.Of("clean, noisy, compressed, recoloured", Unattacked, calibration, seed),
    ];

    /// <summary>The curve of one kind against clean and changed pictures.</summary>
    public Roc Curve(ShownKind kind) => new(Unattacked, Reported(kind).Select(Score));

    private double[] Unattacked => [.. Scores(ShownRole.Clean), .. Scores(ShownRole.Changed)];

    /// <summary>Features of the pictures of some roles, of the half that is fitted on.</summary>
    /// <param name="shown">What was measured.</param>
    /// <param name="roles">Which ones.</param>
    public static double[][] Fitted(IReadOnlyDictionary<ShownKind, ShownPicture?[]> shown, params ShownRole[] roles)
    {
        ArgumentNullException.ThrowIfNull(shown);
        return [.. shown.Where(pair => roles.Contains(pair.Key.Role)).SelectMany(pair => pair.Value.Where((_, i) => DetectorRun.IsFitted(i)).Select(picture => picture!.Features))];
    }

    private IEnumerable<ShownKind> Of(ShownRole role) => shown.Keys.Where(kind => kind.Role == role);

    private ShownPicture[] Reported(ShownKind kind) => [.. shown[kind].Where((_, i) => !DetectorRun.IsFitted(i)).Select(picture => picture!)];

    private double[] Scores(ShownRole role) => [.. Of(role).SelectMany(Reported).Select(Score)];

    private double Score(ShownPicture picture) => calibration.Score(picture.Features);

    private DetectorRow Row(string name, ShownRole role, ShownPicture[] pictures)
    {
        double[] scores = [.. pictures.Select(Score)];
        bool isAttack = role is ShownRole.Attacked or ShownRole.Adaptive;
        Roc? curve = isAttack ? new Roc(Unattacked, scores) : null;
        return new DetectorRow(
            name,
            role,
            Share(picture => picture.RawRight),
            Share(picture => picture.PurifiedRight),
            Share(picture => Score(picture) >= calibration.Threshold),
            Share(picture => picture.Features[AttackFeatures.Flip] > 0),
            isAttack ? new Roc(Scores(ShownRole.Clean), scores).Area : null,
            curve?.Area,
            curve is null ? [] : [.. Rates.Select(rate => new OperatingPoint(rate, curve.TruePositives(rate)))]);

        Share Share(Func<ShownPicture, bool> holds) => new(pictures.Count(holds), pictures.Length);
    }
}
