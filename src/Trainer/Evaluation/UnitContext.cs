using Realtime.Filter.Attacks;
using Realtime.Filter.Defences;

namespace Realtime.Trainer.Evaluation;

/// <summary>What a unit works with: one batch, the worker's models, and chance that depends on seed, unit and batch alone.</summary>
/// <param name="settings">Of the evaluation.</param>
/// <param name="models">The worker's.</param>
/// <param name="batch">The pictures.</param>
/// <param name="unit">The unit's name.</param>
/// <param name="number">Number of the batch.</param>
/// <param name="known">What earlier units measured on this batch, by defence and column; null where they did not.</param>
/// <param name="cancellation">Ends attacks at their next question.</param>
public sealed class UnitContext(
    EvaluationSettings settings, IEvaluationModels models, PictureBatch batch, string unit, int number, Func<string, string, BatchRow?> known, CancellationToken cancellation)
{
    /// <summary>Settings of the evaluation.</summary>
    public EvaluationSettings Settings => settings;

    /// <summary>The pictures.</summary>
    public PictureBatch Batch => batch;

    /// <summary>The classifier and its gradient.</summary>
    public IGradient Classifier => new InterruptibleGradient(models.Classifier, cancellation);

    /// <summary>Chance for one purpose; the same each time.</summary>
    public Random Chance(string purpose) => new(SeedOf($"{settings.Seed} {unit} {number} {purpose}"));

    /// <summary>A defence by itself.</summary>
    public IDefence Defence(string name) => models.Defence(name);

    /// <summary>The deployed forward pass of a defence.</summary>
    /// <param name="defence">A name, or <see cref="BatchRow.Undefended"/>.</param>
    public DeployedDefence Deployed(string defence) =>
        new(Classifier, defence == BatchRow.Undefended ? null : models.Defence(defence), batch.Size);

    /// <summary>Forward through the defence, backward as if it were not there.</summary>
    public IGradient Bpda(string defence, Random random)
    {
        IDefence real = models.Defence(defence);
        return new BpdaGradient(Classifier, (pictures, defended) => real.Defend(pictures, batch.Size, batch.Size, random, defended));
    }

    /// <summary>The gradient of defence and classifier.</summary>
    /// <param name="defence">A name, or <see cref="BatchRow.Undefended"/>.</param>
    /// <param name="random">What the defence draws from.</param>
    public IGradient Full(string defence, Random random) =>
        defence == BatchRow.Undefended ? Classifier : new InterruptibleGradient(models.FullGradient(defence, random), cancellation);

    /// <summary>Decisions of a stochastic defence on each picture, else one.</summary>
    public int DrawsOf(DeployedDefence deployed) => deployed.IsStochastic ? settings.Draws : 1;

    /// <summary>[n] which pictures an earlier unit of this batch has broken.</summary>
    /// <param name="defence">Behind it.</param>
    /// <param name="columns">The columns that count.</param>
    public bool[] Broken(string defence, IEnumerable<string> columns)
    {
        bool[] broken = new bool[batch.Count];
        foreach (BatchRow row in columns.Select(column => known(defence, column)).OfType<BatchRow>())
        {
            for (int n = 0; n < broken.Length; n++)
                broken[n] |= row.Right[n] >= 0 && row.Right[n] < row.Draws;
        }

        return broken;
    }

    // FNV-1a: .NET's own string hash differs from run to run.
    private static int SeedOf(string text)
    {
        uint hash = 2166136261;
        foreach (char letter in text)
            hash = unchecked((hash ^ letter) * 16777619);
        return unchecked((int)hash);
    }
}
