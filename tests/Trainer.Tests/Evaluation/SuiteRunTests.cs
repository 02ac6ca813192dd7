using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Evaluation.Suites;

namespace Realtime.Trainer.Tests.Evaluation;

public sealed class SuiteRunTests
{
    [Fact]
    public void Each_setting_is_one_evaluation_with_all_that_its_cells_need()
    {
        List<(EvaluationSettings Settings, string Folder)> asked = [];

        SuiteResult result = Run("maep-18", new SuiteOptions("data", 20, 10, 3), asked);

        Assert.Equal(2, asked.Count);
        EvaluationSettings linf = asked[0].Settings, l2 = asked[1].Settings;
        Assert.Equal(("data", "cifar10", 20, 10, 3, Norm.Linf), (linf.Data, linf.Classifier, linf.Count, linf.Steps, linf.Seed, linf.Norm));
        Assert.Equal(["maep-patch4"], linf.Defences);
        Assert.Equal(["a", "b"], linf.Columns);
        Assert.Equal((Norm.L2, 0.5f), (l2.Norm, l2.Epsilon));
        Assert.Equal(["b"], l2.Columns);
        Assert.StartsWith(Path.Combine("here", "cifar10-cifar10-l2-0.5-maep-patch4-"), asked[1].Folder, StringComparison.Ordinal);
        Assert.Equal(20, result.Suite.Measurement!.Count);
        SuiteRow none = result.Suite.Tables[0].Rows[0];
        Assert.Equal("50.00 [29.9, 70.1]", result.Figure(none, 0)!.Value.ToString());
    }

    [Fact]
    public void Suites_share_what_they_have_in_common_and_nothing_is_measured_unasked()
    {
        SuiteNeed[] needs = [.. ((string[])["maep-6", "maep-13", "atop-2"]).SelectMany(name => SuiteNeed.Of(SuiteCatalog.Load(name)))];

        IReadOnlyList<SuiteEvaluation> evaluations = SuiteEvaluation.Of(needs.Distinct());

        Assert.Equal(3, evaluations.Count);
        Assert.Equal(["maep-patch4"], evaluations[0].Defences);
        Assert.Equal(["a", "b", "c", "clean", "d", "transfer-pgd"], evaluations[0].Columns.Order());
        Assert.Equal(["bits-4", "blur-0.6", "jpeg-75", "median-3"], evaluations[1].Defences);
        Assert.Equal(["b", "clean"], evaluations[1].Columns);
        Assert.Equal(["b", "c", "clean", "e"], evaluations[2].Columns);
        Assert.Equal(3, evaluations.Select(evaluation => evaluation.Folder(new SuiteOptions("data", null, 100, 0), 1000)).Distinct().Count());
        Assert.NotEqual(evaluations[0].Folder(new SuiteOptions("data", null, 100, 0), 1000), evaluations[0].Folder(new SuiteOptions("data", null, 100, 1), 1000));
    }

    [Fact]
    public void Attacks_transfers_corruptions_and_other_data_are_asked_for_by_name()
    {
        List<(EvaluationSettings Settings, string Folder)> asked = [];
        Run("impure-3", new SuiteOptions("data", 5, 10, 0), asked);
        Run("atop-7", new SuiteOptions("data", 5, 10, 0), asked);
        Run("rewrite-colour", new SuiteOptions("data", 5, 10, 0), asked);
        Run("maep-2-3", new SuiteOptions("data", 5, 10, 0), asked);

        Assert.Equal(["apgd-dlr", "di-fgsm", "fgsm", "mi-di-fgsm", "mi-fgsm", "pgd"], asked[0].Settings.Transfers.Order());
        Assert.Equal(16 / 255f, asked[0].Settings.Epsilon);
        Assert.Equal(["fgsm", "pgd", "pgd-cw"], asked[1].Settings.Attacks);
        Assert.Contains(asked, one => one.Settings.Corruption == "colour-transfer");
        Assert.Contains(asked, one => one.Settings is { Data: "solids", Classifier: "solids" });
    }

    [Fact]
    public void A_suite_that_needs_data_says_so_and_one_without_measurements_runs_without()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Run("maep-6", new SuiteOptions(null, null, 100, 0), []));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);

        string page = new SuiteMarkdown(Run("maep-7", new SuiteOptions(null, null, 100, 0), [])).Render(null);
        Assert.Contains("| MAEP | PGD-linf | 73.67 | not run (", page, StringComparison.Ordinal);
    }

    private static SuiteResult Run(string name, SuiteOptions options, List<(EvaluationSettings, string)> asked)
    {
        return Assert.Single(new SuiteRun([SuiteCatalog.Load(name)], options, Evaluate).Measure("here"));

        // Every figure is half of the pictures.
        EvaluationReport Evaluate(EvaluationSettings settings, string folder)
        {
            asked.Add((settings, folder));
            ColumnFigure[] figures = [.. settings.Defences.Prepend("none").SelectMany(defence => settings.Columns.Prepend("clean").Select(column => new ColumnFigure(
                defence, column, "", "", new Share(settings.Count / 2, settings.Count), 1, default, default, 30, 0.9, 0, 1)))];
            return new EvaluationReport("", "", new Dictionary<string, string>(), new Provenance("", "", "", "", "", ""), [], figures, [], null, []);
        }
    }
}
