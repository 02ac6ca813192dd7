using System.Globalization;
using Realtime.Filter.Attacks;
using Realtime.Filter.Corruptions;
using Realtime.Filter.Defences;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;
using Realtime.Trainer.Evaluation.Suites;

namespace Realtime.Trainer.Tests.Evaluation;

public sealed class SuiteCatalogTests
{
    private static readonly string[] Printed =
    [
        "maep-2-3", "maep-5", "maep-6", "maep-7", "maep-8", "maep-11", "maep-12", "maep-13", "maep-15", "maep-16-17", "maep-18",
        "rewrite-1", "rewrite-9", "rewrite-colour", "rewrite-corruptions", "impure-1", "impure-2", "impure-3", "atop-2", "atop-6", "atop-7", "atop-9",
    ];

    public static TheoryData<string> All => [.. SuiteCatalog.Names];

    [Fact]
    public void Every_table_has_its_suite() => Assert.Equal(Printed.Order(), SuiteCatalog.Names.Order());

    [Theory]
    [MemberData(nameof(All))]
    public void Every_row_has_a_measurement_or_a_reason(string name)
    {
        PaperSuite suite = SuiteCatalog.Load(name);

        Assert.Equal(name, suite.Name);
        foreach (SuiteTable table in suite.Tables)
        {
            Assert.All(table.Rows, row =>
            {
                Assert.Equal(table.Keys.Count, row.Key.Count);
                Assert.True(row.Ours is null != row.NotRun is null);
                Assert.True(row.Theirs is not null || row.Ours is not null);
                if (row.Theirs is not null)
                    Assert.Equal(table.Values.Count, row.Theirs.Count);
                if (row.Ours is not null)
                {
                    Assert.NotNull(suite.Measurement);
                    Assert.Equal(table.Values.Count, row.Ours.Cells.Count);
                    Assert.Equal(row.Ours.Cells.Contains(null), row.Ours.Missing is not null);
                }
            });
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Figures_of_the_papers_are_shares_and_agree_with_their_averages(string name)
    {
        PaperSuite suite = SuiteCatalog.Load(name);
        foreach (SuiteTable table in suite.Tables)
        {
            foreach (SuiteRow row in table.Rows.Where(row => row.Theirs is not null))
            {
                double[] figures = [.. row.Theirs!.Select(Figure)];
                Assert.All(figures.Where(double.IsFinite), figure => Assert.InRange(figure, 0, 100));
                // A slip of the pen in one figure of three shows here; where the paper itself slips, a note says so.
                string printed = row.Theirs![^1].Split('±')[0];
                if (table.Values[^1].Name == "Average" && figures.All(double.IsFinite) && Math.Abs(((figures[0] + figures[1]) / 2) - figures[2]) > 0.0121)
                    Assert.Contains(table.Notes!, note => note.Contains($"printed as {printed}", StringComparison.Ordinal) || note.Contains($"prints the average {printed}", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Our_cells_name_models_columns_and_attacks_that_exist(string name)
    {
        PaperSuite suite = SuiteCatalog.Load(name);
        foreach (SuiteNeed need in SuiteNeed.Of(suite))
        {
            Assert.Contains(need.Setting.Classifier, ModelCatalog.Names());
            Assert.Contains(need.Setting.Data, (string[])["cifar10", "solids"]);
            Assert.Contains(need.Setting.Norm, (string[])["linf", "l2"]);
            Assert.InRange(Epsilon.Parse(need.Setting.Eps), 1e-6f, 1);
            if (need.Setting.Corruption is string corruption)
                Assert.Equal(corruption, CorruptionFactory.Create(corruption).Name);
            if (need.Defence != "none" && !ModelCatalog.Names().Contains(need.Defence))
                DefenceFactory.Create(need.Defence).Dispose();
            string[] words = need.Column.Split('-', 2);
            if (words.Length == 2)
                Assert.True(words[0] is "attack" or "transfer" && AttackFactory.Names.Contains(words[1]), need.Column);
            else
                Assert.Contains(need.Column, (string[])["clean", "a", "b", "c", "d", "e", "f", "g"]);
        }
    }

    [Fact]
    public void An_unknown_suite_is_a_usage_error_that_lists_them()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => SuiteCatalog.Load("maep-99"));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("maep-2-3, maep-5, maep-6, maep-7, maep-8, maep-11", error.Message, StringComparison.Ordinal);
        Assert.Equal(Printed.Length, SuiteCatalog.Describe().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static double Figure(string text) => text == "-" ? double.NaN : double.Parse(text.Split('±')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
