namespace Realtime.Filter.Tests.Launcher;

public sealed class CommandLineTests : IDisposable
{
    private readonly Sandbox machine = new();

    public void Dispose() => machine.Dispose();

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_names_every_command_and_prepares_nothing(string argument)
    {
        LauncherResult result = machine.Run(argument);

        Assert.Equal(0, result.Code);
        foreach (string command in new[] { "demo", "test", "purify", "attack", "train", "evaluate", "export", "calibrate", "bench", "devices", "models", "setup", "view", "batch", "serve" })
            Assert.Contains(command, result.Output, StringComparison.Ordinal);
        Assert.Empty(machine.TakeCalls());
    }

    [Fact]
    public void Version_is_the_one_of_the_build()
    {
        LauncherResult result = machine.Run("--version");

        Assert.Equal(0, result.Code);
        Assert.Matches(@"^realtime \d+\.\d+\.\d+", result.Output);
    }

    [Fact]
    public void No_command_is_a_usage_error_with_the_help_on_stderr()
    {
        LauncherResult result = machine.Run();

        Assert.Equal(2, result.Code);
        Assert.Empty(result.Output);
        Assert.Contains("usage: ./realtime COMMAND", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("purfy", "purify")]
    [InlineData("trian", "train")]
    [InlineData("deivces", "devices")]
    [InlineData("eval", "evaluate")]
    public void A_misspelt_command_is_a_usage_error_with_the_nearest_one(string given, string meant)
    {
        LauncherResult result = machine.Run(given);

        Assert.Equal(2, result.Code);
        Assert.Contains($"there is no command '{given}'; did you mean '{meant}'?", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_unlike_any_command_gets_no_suggestion()
    {
        LauncherResult result = machine.Run("zzzzzzzz");

        Assert.Equal(2, result.Code);
        Assert.Contains("there is no command 'zzzzzzzz' (", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_before_the_command_says_where_it_belongs()
    {
        LauncherResult result = machine.Run("-i", "clip.mp4");

        Assert.Equal(2, result.Code);
        Assert.Contains("'-i' stands before the command", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_working_folder_output_and_exit_code_are_the_programs_own()
    {
        machine.Variables["PROGRAM_CODE"] = "5";

        LauncherResult result = machine.Run("purify", "-i", "my clip.mp4", "-m", "*", "");

        Assert.Equal(5, result.Code);
        Assert.Equal($"<purify><-i><my clip.mp4><-m><*><> in {machine.Elsewhere}\n", result.Output);
    }

    [Fact]
    public void It_works_through_a_symbolic_link()
    {
        string link = Path.Combine(machine.Elsewhere, "rt");
        File.CreateSymbolicLink(link, Path.Combine(machine.Clone, "realtime"));

        LauncherResult result = machine.RunAs(link, "models");

        Assert.Equal(0, result.Code);
        Assert.StartsWith("<models>", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_of_a_command_comes_from_the_program()
    {
        Assert.StartsWith("<purify><--help>", machine.Run("help", "purify").Output, StringComparison.Ordinal);
    }
}
