namespace Realtime.Trainer.Evaluation;

/// <summary>The units that an evaluation's settings ask for, in the order in which a batch goes through them.</summary>
public static class EvaluationPlan
{
    /// <summary>Pictures of a batch. Part of the figures' seed, so it is the same everywhere.</summary>
    public const int BatchSize = 25;

    /// <summary>Lists the units.</summary>
    /// <param name="settings">Of the evaluation.</param>
    /// <param name="isStochastic">Whether a defence draws.</param>
    public static IReadOnlyList<EvaluationUnit> Units(EvaluationSettings settings, Func<string, bool> isStochastic)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(isStochastic);
        List<EvaluationUnit> units =
        [
            new TimeUnit(settings.Defences) { Pictures = BatchSize, RunsAlone = true },
            new CleanUnit(settings.Defences),
            new NoiseUnit(settings.Defences),
        ];
        if (Has(EvaluationColumns.Undefended))
            units.Add(new UndefendedUnit());
        if (Has(EvaluationColumns.Transfer))
            units.Add(new TransferUnit(EvaluationColumns.Transfer, BatchRow.Undefended, [BatchRow.Undefended, .. settings.Defences]));
        units.AddRange(settings.Transfers.Select(attack => new TransferUnit(EvaluationColumns.OfTransfer(attack), BatchRow.Undefended, [BatchRow.Undefended, .. settings.Defences]) { AttackName = attack }));
        if (Has(EvaluationColumns.Surrogate))
        {
            foreach (IGrouping<string, string> source in settings.Defences.Where(settings.Surrogates.ContainsKey).GroupBy(defence => settings.Surrogates[defence]))
                units.Add(new TransferUnit(EvaluationColumns.Surrogate, source.Key, [.. source]));
        }

        foreach (string defence in settings.Defences)
            units.AddRange(Adaptive(settings, defence, isStochastic(defence)));
        foreach (string attack in settings.Attacks)
            units.AddRange(settings.Defences.Prepend(BatchRow.Undefended).Select(defence => AdaptiveUnits.Further(attack, defence)));
        return units;

        bool Has(string column) => settings.Columns.Contains(column);
    }

    private static IEnumerable<EvaluationUnit> Adaptive(EvaluationSettings settings, string defence, bool isStochastic)
    {
        if (settings.Columns.Contains(EvaluationColumns.Bpda))
            yield return AdaptiveUnits.Bpda(defence);
        if (settings.Columns.Contains(EvaluationColumns.Full))
        {
            yield return AdaptiveUnits.Full(settings, defence);
            yield return AdaptiveUnits.Unbounded(defence);
            if (settings.DoublesSteps)
                yield return AdaptiveUnits.Doubled(defence);
        }

        if (isStochastic && settings.Columns.Contains(EvaluationColumns.Eot))
        {
            yield return AdaptiveUnits.Eot(defence);
            yield return new FixedSeedUnit(defence);
        }

        if (settings.Columns.Contains(EvaluationColumns.Queries))
            yield return AdaptiveUnits.Queries(settings, defence);
        foreach (float radius in settings.CurveRadii)
            yield return AdaptiveUnits.OfRadius(settings.Norm, radius, defence);
    }
}
