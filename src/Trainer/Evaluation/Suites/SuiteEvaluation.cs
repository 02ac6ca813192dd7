using System.Security.Cryptography;
using System.Text;
using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>One evaluation of a suite's run: defences of which the same columns are needed in the same setting.</summary>
/// <param name="Setting">Data, classifier and radius.</param>
/// <param name="Defences">By name, without "none".</param>
/// <param name="Columns">Those needed.</param>
public sealed record SuiteEvaluation(SuiteSetting Setting, IReadOnlyList<string> Defences, IReadOnlyList<string> Columns)
{
    /// <summary>
    /// The evaluations that give all figures. Defences with different needs do not share one, so that nothing is measured that nobody asked for;
    /// the undefended classifier, which every evaluation has, adds its own to the first.
    /// </summary>
    public static IReadOnlyList<SuiteEvaluation> Of(IEnumerable<SuiteNeed> needs)
    {
        ArgumentNullException.ThrowIfNull(needs);
        List<SuiteEvaluation> evaluations = [];
        foreach (IGrouping<SuiteSetting, SuiteNeed> setting in needs.GroupBy(need => need.Setting))
        {
            string[] undefended = [.. setting.Where(need => need.Defence == BatchRow.Undefended).Select(need => need.Column).Distinct()];
            var groups = setting.Where(need => need.Defence != BatchRow.Undefended).GroupBy(need => need.Defence)
                .Select(defence => (Name: defence.Key, Columns: defence.Select(need => need.Column).Distinct().Order(StringComparer.Ordinal).ToArray()))
                .GroupBy(defence => string.Join(' ', defence.Columns))
                .Select(group => new SuiteEvaluation(setting.Key, [.. group.Select(defence => defence.Name).Order(StringComparer.Ordinal)], group.First().Columns)).ToList();
            if (groups.Count == 0)
                groups.Add(new SuiteEvaluation(setting.Key, [], []));
            groups[0] = groups[0] with { Columns = [.. groups[0].Columns.Union(undefended)] };
            evaluations.AddRange(groups);
        }

        return evaluations;
    }

    /// <summary>Name of its folder, which says what is in it and differs where any figure could.</summary>
    /// <param name="options">What the user chooses.</param>
    /// <param name="count">Pictures.</param>
    public string Folder(SuiteOptions options, int count)
    {
        ArgumentNullException.ThrowIfNull(options);
        string all = string.Join(' ', [.. Defences, .. Columns, $"{options.Data} {count} {options.Steps} {options.Seed}"]);
        return $"{Setting.Folder}-{string.Join('+', Defences.DefaultIfEmpty(BatchRow.Undefended))}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..8]}";
    }

    /// <summary>As the evaluator has it.</summary>
    /// <param name="options">What the user chooses.</param>
    /// <param name="count">Pictures.</param>
    /// <param name="data">Folder or name of the pictures.</param>
    public EvaluationSettings Settings(SuiteOptions options, int count, string data)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new EvaluationSettings
        {
            Data = data,
            Corruption = Setting.Corruption,
            Count = count,
            Classifier = Setting.Classifier,
            Defences = Defences,
            Columns = [.. EvaluationColumns.All.Where(Columns.Contains)],
            Norm = Setting.Norm == "l2" ? Norm.L2 : Norm.Linf,
            Epsilon = Epsilon.Parse(Setting.Eps),
            Steps = options.Steps,
            Seed = options.Seed,
            Attacks = Named(EvaluationColumns.OfAttack("")),
            Transfers = Named(EvaluationColumns.OfTransfer("")),
        };
    }

    private string[] Named(string prefix) => [.. Columns.Where(column => column.StartsWith(prefix, StringComparison.Ordinal)).Select(column => column[prefix.Length..])];
}
