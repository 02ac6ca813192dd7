using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Tests.Evaluation;

public sealed class EvaluationSessionTests : IDisposable
{
    private const int Count = 60;       // three batches, the last one short

    private static readonly Provenance Nowhere = new("0", "0", "0", "0", "0", "0");

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-evaluation-").FullName;
    private readonly IPictureSet pictures = TinyNets.Pictures(Count, 1);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_budget_that_is_enough_breaks_every_column_and_one_that_is_not_breaks_none()
    {
        EvaluationReport broken = Run(Settings(ColourModels.Enough, "dull"), "enough"), whole = Run(Settings(ColourModels.TooLittle, "dull"), "little");

        foreach (string column in new[] { "b", "c", "d", "f" })
        {
            Assert.Equal(0, broken.Find("dull", column)!.Accuracy.Right);
            Assert.Equal(Count, whole.Find("dull", column)!.Accuracy.Right);
        }

        Assert.Equal([0, 0], broken.Defences.Select(defence => defence.WorstCase!.Value.Percent));
        Assert.Equal([100, 100], whole.Defences.Select(defence => defence.WorstCase!.Value.Percent));
        Assert.Null(broken.Find("dull", "e"));
        Assert.Contains("deterministic: (d)", new ReportMarkdown(broken).Headline(), StringComparison.Ordinal);
        Assert.DoesNotContain(whole.Warnings, warning => warning.Contains("gradient", StringComparison.Ordinal));
    }

    [Fact]
    public void Figures_do_not_depend_on_the_number_of_workers()
    {
        EvaluationSettings settings = Settings(ColourModels.Enough, "dull", "dice");

        Run(settings, "one", workers: 1);
        Run(settings, "three", workers: 3);

        Assert.Equal(Figures("one"), Figures("three"));
    }

    // Killed in the middle of a question, with half a line in the journal: the rest must come out as if nothing had happened.
    [Theory]
    [InlineData(1)]
    [InlineData(90)]
    [InlineData(400)]
    public void After_a_kill_the_same_command_goes_on_to_the_same_figures(int questions)
    {
        EvaluationSettings settings = Settings(ColourModels.Enough, "dull", "dice");
        Run(settings, "whole");
        using CancellationTokenSource kill = new();
        int asked = 0;

        Assert.Throws<OperationCanceledException>(() => Run(settings, "killed", workers: 1, kill.Token, () =>
        {
            if (++asked == questions)
                kill.Cancel();
        }));
        string journal = Path.Combine(folder, "killed", EvaluationJournal.FileName);
        Assert.False(File.Exists(Path.Combine(folder, "killed", "report.json")));
        File.AppendAllText(journal, """{"Unit":"b","Batch":2,"Sec""");
        int before = File.ReadAllLines(journal).Length - 1;
        Run(settings, "killed", workers: 2);

        Assert.Equal(Figures("whole"), Figures("killed"));
        Assert.True(before < File.ReadAllLines(journal).Length);
        Assert.Equal(File.ReadAllLines(Path.Combine(folder, "whole", EvaluationJournal.FileName)).Length, File.ReadAllLines(journal).Length);
    }

    [Fact]
    public void A_second_run_measures_nothing_again()
    {
        EvaluationSettings settings = Settings(ColourModels.TooLittle, "same");
        Run(settings, "twice");
        int asked = 0;

        EvaluationReport report = Run(settings, "twice", asked: () => asked++);

        Assert.Equal(0, asked);
        Assert.Equal(100, report.Find("same", "d")!.Accuracy.Percent);
    }

    [Fact]
    public void Two_versions_that_measured_are_both_named()
    {
        EvaluationSettings settings = Settings(ColourModels.Enough, "same");
        using CancellationTokenSource kill = new();
        int asked = 0;
        Assert.Throws<OperationCanceledException>(() => Run(settings, "versions", cancellation: kill.Token, made: Nowhere with { Commit = "old" }, asked: () =>
        {
            if (++asked == 90)
                kill.Cancel();
        }));

        EvaluationReport report = Run(settings, "versions", made: Nowhere with { Commit = "new" });

        Assert.Equal(["new", "old"], report.Made.Commit.Split(", ").Order());
    }

    [Fact]
    public void Other_settings_are_refused_by_name()
    {
        Run(Settings(ColourModels.Enough, "same"), "folder");

        UserErrorException error = Assert.Throws<UserErrorException>(() => Run(Settings(ColourModels.TooLittle, "same"), "folder"));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("--eps '72/255', this run has '30/255'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_evaluations_do_not_write_one_journal()
    {
        using EvaluationJournal first = EvaluationJournal.Open(Path.Combine(folder, "shared"), new Dictionary<string, string>());

        UserErrorException error = Assert.Throws<UserErrorException>(() => EvaluationJournal.Open(Path.Combine(folder, "shared"), new Dictionary<string, string>()));

        Assert.Contains("another evaluation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_that_is_held_back_is_told()
    {
        EvaluationReport report = Run(Settings(ColourModels.Enough, "blind") with { Columns = ["b", "d", "f"] }, "blind");

        Assert.Equal(100, report.Find("blind", "d")!.Accuracy.Percent);
        Assert.Equal(0, report.Defences[1].WorstCase!.Value.Percent);
        Assert.Contains(report.Warnings, warning => warning.Contains("Square needs no gradient and broke 100.0 %", StringComparison.Ordinal));
        Assert.Contains(report.Warnings, warning => warning.Contains("exactly zero at 60 of 60", StringComparison.Ordinal));
        Assert.Contains(report.Warnings, warning => warning.Contains("more than (b)", StringComparison.Ordinal));
        Assert.Contains(report.Warnings, warning => warning.Contains("eps = 1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_defence_that_hides_its_chance_is_told() =>
        Assert.Contains(Run(Settings(ColourModels.TooLittle, "restless") with { Columns = ["b"] }, "restless").Warnings, warning => warning.Contains("claims to be deterministic", StringComparison.Ordinal));

    [Fact]
    public void Chance_is_judged_over_draws()
    {
        EvaluationReport report = Run(Settings(ColourModels.TooLittle, "dice") with { Draws = 8 }, "dice");
        ColumnFigure clean = report.Find("dice", "clean")!;

        Assert.Equal(8, clean.Draws);
        Assert.InRange(clean.Accuracy.Percent, 20, 50);         // right when the draw lifts its own plane: a third
        Assert.True(clean.WorstOfDraws.Right < clean.Majority.Right || clean.Majority.Right == 0);
        Assert.True(clean.WorstOfDraws.Right <= clean.Accuracy.Right);
        Assert.NotNull(report.Find("dice", "e"));
        Assert.Equal(1, report.Find("dice", "e-seed")!.Draws);
        Assert.InRange(report.Defences[1].WorstCase!.Value.Right, 0, report.Find("dice", "e")!.WorstOfDraws.Right);
    }

    // Transfer alone says nothing of pictures that are wrong as they are; no change is in the ball too.
    [Fact]
    public void The_worst_case_is_no_better_than_clean()
    {
        EvaluationReport report = Run(Settings(ColourModels.TooLittle, "dice") with { Columns = ["b"] }, "clean");

        Assert.InRange(report.Defences[1].WorstCase!.Value.Right, 0, report.Find("dice", "clean")!.WorstOfDraws.Right);
        Assert.Equal(["clean", "b"], report.Defences[1].Over);
    }

    [Fact]
    public void Leaving_broken_pictures_out_keeps_the_worst_case()
    {
        EvaluationSettings settings = Settings(40.2f / 255, "dull");         // about half of the pictures can be fooled

        EvaluationReport all = Run(settings, "all"), fast = Run(settings with { IsFast = true }, "fast");

        Assert.InRange(all.Defences[1].WorstCase!.Value.Percent, 1, 99);
        Assert.Equal(all.Defences[1].WorstCase, fast.Defences[1].WorstCase);
        Assert.True(fast.Find("dull", "d")!.Skipped > 0);
        Assert.True(fast.Find("dull", "d")!.Accuracy.Right <= all.Find("dull", "d")!.Accuracy.Right);
        Assert.Contains(">= ", new ReportMarkdown(fast).Headline(), StringComparison.Ordinal);
    }

    [Fact]
    public void Further_attacks_radii_and_checks_make_rows()
    {
        EvaluationSettings settings = Settings(ColourModels.Enough, "same") with { Columns = ["d"], Attacks = ["fgsm", "pgd"], Targeted = true, HasCurve = true, DoublesSteps = true };

        EvaluationReport report = Run(settings, "more");

        Assert.Equal("PGD-20 72/255 targeted", report.Find("same", "attack-pgd")!.Attack);
        Assert.Equal(0, report.Find("none", "attack-pgd")!.Accuracy.Percent);
        Assert.Equal([100, 100, 100, 0, 0], report.Columns.Where(figure => figure.Column.StartsWith("curve-", StringComparison.Ordinal)).Select(figure => figure.Accuracy.Percent));
        Assert.Equal(0, report.Find("same", "d-doubled")!.Accuracy.Percent);
        Assert.Equal(report.Columns, EvaluationReport.FromJson(report.ToJson()).Columns);
    }

    [Fact]
    public void Every_picture_is_in_the_table_of_examples()
    {
        Run(Settings(ColourModels.Enough, "same") with { Columns = ["b", "d"] }, "examples");

        string[] lines = File.ReadAllLines(Path.Combine(folder, "examples", "examples.csv"));

        Assert.Equal(Count, lines.Count(line => line.Contains(",same,d,0,1,", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("59,blue,none,clean,1,1,Infinity,1", StringComparison.Ordinal));
    }

    private static EvaluationSettings Settings(float epsilon, params string[] defences) => new()
    {
        Data = "tiny",
        Count = Count,
        Classifier = "colours",
        Defences = defences,
        Surrogates = defences.Contains("dull") ? new Dictionary<string, string> { ["dull"] = "same" } : [],
        Columns = ["b", "c", "d", "e", "f", "g"],
        Epsilon = epsilon,
        Steps = 8,
        Queries = 100,
        EotDraws = 3,
        Draws = 4,
    };

    private EvaluationReport Run(EvaluationSettings settings, string name, int workers = 1, CancellationToken cancellation = default, Action? asked = null, Provenance? made = null)
    {
        EvaluationSession session = new(settings, pictures, () => new ColourModels { Asked = asked ?? (() => { }) }, pictures.Labels);
        return session.Run(Path.Combine(folder, name), "./realtime evaluate", made ?? Nowhere, workers, cancellation).Report;
    }

    private string Figures(string name)
    {
        EvaluationReport report = EvaluationReport.FromJson(File.ReadAllText(Path.Combine(folder, name, "report.json")));
        report = report with
        {
            Columns = [.. report.Columns.Select(figure => figure with { Seconds = 0 })],
            Defences = [.. report.Defences.Select(defence => defence with { Milliseconds = 0 })],
        };
        return report.ToJson() + File.ReadAllText(Path.Combine(folder, name, "examples.csv"));
    }
}
