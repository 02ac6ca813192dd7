namespace Realtime.Filter.Tests.Launcher;

public sealed class TestSummaryTests : IDisposable
{
    private readonly Sandbox machine = new();

    public TestSummaryTests() => machine.Write("Realtime.sln", "");

    public void Dispose() => machine.Dispose();

    [Fact]
    public void The_last_line_sums_all_projects()
    {
        Results("one", total: 5, executed: 5, passed: 5, failed: 0);
        Results("two", total: 4, executed: 3, passed: 3, failed: 0);

        LauncherResult result = machine.Run("test", "--filter", "A b");

        Assert.Equal("8 passed, 0 failed, 1 skipped", LastLine(result));
        Assert.Equal(0, result.Code);
        Assert.Contains(machine.TakeCalls(), call => call.StartsWith("dotnet test Realtime.sln", StringComparison.Ordinal) && call.EndsWith("--filter A b", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failed_test_fails_the_run()
    {
        Results("one", total: 5, executed: 5, passed: 4, failed: 1);
        machine.Variables["TEST_CODE"] = "1";

        LauncherResult result = machine.Run("test");

        Assert.Equal("4 passed, 1 failed", LastLine(result));
        Assert.Equal(1, result.Code);
    }

    [Fact]
    public void A_run_that_breaks_off_counts_as_a_failure()
    {
        Results("one", total: 5, executed: 5, passed: 5, failed: 0);
        machine.Variables["TEST_CODE"] = "134";

        LauncherResult result = machine.Run("test");

        Assert.Equal("5 passed, 1 failed", LastLine(result));
        Assert.NotEqual(0, result.Code);
    }

    [Fact]
    public void A_run_without_tests_is_not_a_success()
    {
        LauncherResult result = machine.Run("test", "--filter", "Nothing");

        Assert.Equal("0 passed, 0 failed", LastLine(result));
        Assert.Equal(1, result.Code);
    }

    private static string LastLine(LauncherResult result) => result.Output.TrimEnd('\n').Split('\n')[^1];

    // The stand-in for 'dotnet test' runs TEST_WRITES with the result folder in $a.
    private void Results(string name, int total, int executed, int passed, int failed) =>
        machine.Variables["TEST_WRITES"] +=
            $"echo '<Counters total=\"{total}\" executed=\"{executed}\" passed=\"{passed}\" failed=\"{failed}\" error=\"0\" timeout=\"0\" aborted=\"0\" />' >\"$a/{name}.trx\";";
}
