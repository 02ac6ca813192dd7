using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Evaluation.Suites;

namespace Realtime.Trainer.Tests.Evaluation;

public sealed class SuiteRenderTests
{
    private static readonly SuiteSetting Linf = new("cifar10", "cifar10", null, "linf", "8/255");

    private static SuiteResult Result()
    {
        PaperSuite suite = new(
            "paper-1",
            "A paper",
            [new SuiteTable("Table 1", "What it shows", "Non-adaptive.", ["Defence"], [new("Clean", "%"), new("Robust", "%"), new("Average", "%"), new("PSNR", "dB")],
                [
                    new SuiteRow(["MAEP"], ["92.30", "88.73", "90.52", "34.24"], new SuiteOurs("maep-patch4", ["clean", "b @ l2 0.5", "average", "psnr clean"])),
                    new SuiteRow(["DISCO"], ["89.26", "85.33", "87.29", "-"], NotRun: "needs its weights"),
                    new SuiteRow(["jpeg-75"], null, new SuiteOurs("jpeg-75", ["clean", null, "average", null], "not asked")),
                ], ["A note."])],
            ["Ours is smaller."],
            new SuiteMeasurement("cifar10", "cifar10", 1000, "8/255", "linf"));
        return new SuiteResult(suite, new Dictionary<SuiteNeed, ColumnFigure>
        {
            [new(Linf, "maep-patch4", "clean")] = Figure("maep-patch4", "clean", 900),
            [new(Linf with { Norm = "l2", Eps = "0.5" }, "maep-patch4", "b")] = Figure("maep-patch4", "b", 700),
        });
    }

    [Fact]
    public void Figures_stand_beside_those_of_the_paper()
    {
        string page = new SuiteMarkdown(Result()).Render("./realtime evaluate --suite paper-1");

        Assert.Contains("| Defence | Clean, % | ours | Robust, % | ours | Average, % | ours | PSNR, dB | ours |", page, StringComparison.Ordinal);
        Assert.Contains("| MAEP | 92.30 | 90.00 [88.0, 91.7] | 88.73 | 70.00 [67.1, 72.8] | 90.52 | 80.00 | 34.24 | 31.50 |", page, StringComparison.Ordinal);
        Assert.Contains("| DISCO | 89.26 | not run (1) | 85.33 | not run (1) | 87.29 | not run (1) | - | not run (1) |", page, StringComparison.Ordinal);
        Assert.Contains("| jpeg-75 |  | not run (2) |  | not run (3) |  | not run (2) |  | not run (3) |", page, StringComparison.Ordinal);
        Assert.Contains("- not run (1): needs its weights.\n- not run (2): not measured in this run.\n- not run (3): not asked.\n", page, StringComparison.Ordinal);
        Assert.Contains("Ours is smaller.", page, StringComparison.Ordinal);
        Assert.Contains("    ./realtime evaluate --suite paper-1", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_hold_every_cell_with_its_interval_or_reason()
    {
        SuiteRecord[] records = [.. SuiteRecord.Of(Result())];

        Assert.Equal(12, records.Length);
        Assert.Equal(("92.30", 90.0, null), (records[0].Theirs, records[0].Ours, records[0].NotRun));
        Assert.Equal(88.0, records[0].Low!.Value, 0.05);
        Assert.Equal(80, records[2].Ours);
        Assert.Null(records[2].Low);
        Assert.Equal((null, "needs its weights"), (records[4].Ours, records[4].NotRun));
    }

    [Fact]
    public void An_infinite_PSNR_has_no_mean()
    {
        SuiteRow row = new(["MAEP"], ["34", "36", "35"], new SuiteOurs("maep-patch4", ["psnr clean", "psnr b", "average"]));
        PaperSuite suite = new("paper-2", "A paper", [new SuiteTable("Table 2", "PSNR", "None.", ["Defence"], [new("Clean", "dB"), new("Robust", "dB"), new("Average", "dB")], [row])], [], Result().Suite.Measurement);
        SuiteResult result = new(suite, new Dictionary<SuiteNeed, ColumnFigure>
        {
            [new(Linf, "maep-patch4", "clean")] = Figure("maep-patch4", "clean", 900) with { Psnr = double.PositiveInfinity },
            [new(Linf, "maep-patch4", "b")] = Figure("maep-patch4", "b", 700),
        });

        Assert.Equal("equal", result.Figure(row, 0)!.Value.ToString());
        Assert.Null(result.Figure(row, 2));
        Assert.Contains("infinite", result.Reason(row, 2), StringComparison.Ordinal);
    }

    [Fact]
    public void A_suite_needs_each_figure_once_and_no_averages()
    {
        Assert.Equal(
            [new(Linf, "maep-patch4", "clean"), new(Linf with { Norm = "l2", Eps = "0.5" }, "maep-patch4", "b"), new(Linf, "jpeg-75", "clean")],
            SuiteNeed.Of(Result().Suite));
    }

    [Theory]
    [InlineData("psnr")]
    [InlineData("b @ l2")]
    [InlineData("psnr b at l2 0.5")]
    public void Cells_of_another_form_are_refused(string text) => Assert.Throws<FormatException>(() => SuiteCell.Parse(text));

    private static ColumnFigure Figure(string defence, string column, int right) =>
        new(defence, column, "attack", "nothing", new Share(right, 1000), 1, new Share(right, 1000), new Share(right, 1000), 31.5, 0.95, 0, 1);
}
