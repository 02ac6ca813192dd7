using System.Runtime.InteropServices;

namespace Realtime.Filter.Tests.Launcher;

public sealed class SetupTests : IDisposable
{
    private readonly Sandbox machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public void The_first_command_asks_the_feed_fetches_and_builds_and_says_so()
    {
        LauncherResult result = machine.Run("models");

        string[] calls = machine.TakeCalls();
        Assert.Equal(0, result.Code);
        Assert.StartsWith("dotnet restore", calls[0], StringComparison.Ordinal);
        Assert.Equal($"fetch {machine.Home}/.cache/realtime/onnxruntime-1.29.0", calls[1]);
        Assert.StartsWith($"dotnet build {machine.Clone}/src/Filter/Filter.csproj -c Release", calls[2], StringComparison.Ordinal);
        Assert.StartsWith("dotnet exec", calls[3], StringComparison.Ordinal);
        Assert.Equal(4, calls.Length);
        Assert.Contains("<PackageMode>compat</PackageMode>", machine.Props, StringComparison.Ordinal);
        Assert.Contains("packages: compat (the NuGet feed has no TorchSharp)", result.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Where_an_NVIDIA_driver_is_the_CUDA_provider_is_fetched_too_and_only_once()
    {
        Skip.If(RuntimeInformation.OSArchitecture != Architecture.X64, "published for x86_64 only");
        machine.Script("nvidia-smi", "exit 0");

        machine.Run("purify", "-i", "a.mp4");
        string[] first = machine.TakeCalls();
        machine.Run("setup");

        string runtime = $"{machine.Home}/.cache/realtime/onnxruntime-1.29.0";
        Assert.Equal([$"fetch {runtime}", $"fetch {runtime} gpu"], first.Where(call => call.StartsWith("fetch", StringComparison.Ordinal)));
        Assert.DoesNotContain(machine.TakeCalls(), call => call.StartsWith("fetch", StringComparison.Ordinal));
        Assert.Contains("ONNX Runtime on CUDA", machine.Run("setup", "--check").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_command_prepares_nothing_and_says_nothing()
    {
        machine.Run("models");
        machine.TakeCalls();

        LauncherResult result = machine.Run("models");

        string call = Assert.Single(machine.TakeCalls());
        Assert.StartsWith("dotnet exec", call, StringComparison.Ordinal);
        Assert.Empty(result.Errors);
    }

    [Theory]
    [InlineData("src/Filter/New.cs", true)]
    [InlineData("compat/FFMpegCore/New.cs", true)]
    [InlineData("Directory.Build.props", true)]
    [InlineData("src/Filter/bin/new.log", false)]
    [InlineData("README.md", false)]
    public void A_changed_source_is_built_again_and_nothing_else_is(string file, bool builds)
    {
        machine.Run("models");
        machine.TakeCalls();
        machine.Write(file, "<Project />");

        machine.Run("models");

        Assert.Equal(builds, machine.TakeCalls().Any(call => call.StartsWith("dotnet build", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_removed_source_is_built_again()
    {
        machine.Run("models");
        machine.TakeCalls();
        File.Delete(Path.Combine(machine.Clone, "src/Filter/Program.cs"));

        machine.Run("models");

        Assert.Contains(machine.TakeCalls(), call => call.StartsWith("dotnet build", StringComparison.Ordinal));
    }

    [Fact]
    public void The_trainer_builds_the_torch_bridge_once()
    {
        machine.Run("train", "classifier");
        Assert.Contains($"bridge {machine.Home}/.cache/realtime/torch-bridge", machine.TakeCalls());

        machine.Write("src/Trainer/New.cs", "");
        machine.Run("train", "classifier");

        Assert.DoesNotContain(machine.TakeCalls(), call => call.StartsWith("bridge", StringComparison.Ordinal));
    }

    [Fact]
    public void A_feed_with_all_packages_means_nuget_mode_without_npm()
    {
        machine.Variables["FEED_CODE"] = "0";
        machine.Remove("npm");

        LauncherResult result = machine.Run("models");

        Assert.Equal(0, result.Code);
        Assert.Contains("<PackageMode>nuget</PackageMode>", machine.Props, StringComparison.Ordinal);
        Assert.DoesNotContain(machine.TakeCalls(), call => call.StartsWith("fetch", StringComparison.Ordinal));
    }

    [Fact]
    public void Packages_whose_native_half_this_machine_cannot_load_mean_compat_mode()
    {
        machine.Variables["FEED_CODE"] = "0";
        machine.Write("libstdc++.so.6", "GLIBCXX_3.4.30");

        LauncherResult result = machine.Run("models");

        Assert.Equal(0, result.Code);
        Assert.Contains("<PackageMode>compat</PackageMode>", machine.Props, StringComparison.Ordinal);
        Assert.Contains("needs GLIBCXX_3.4.32 of a libstdc++ of GCC 13", result.Errors + result.Output, StringComparison.Ordinal);

        LauncherResult asked = machine.Run("setup", "--packages", "nuget");
        Assert.Contains("training will not run", asked.Errors + asked.Output, StringComparison.Ordinal);
        Assert.Contains("<PackageMode>nuget</PackageMode>", machine.Props, StringComparison.Ordinal);
    }

    [Fact]
    public void Asking_for_nuget_packages_that_the_feed_lacks_fails_and_changes_nothing()
    {
        machine.Run("setup", "--packages", "compat");
        string before = machine.Props;

        LauncherResult result = machine.Run("setup", "--packages", "nuget");

        Assert.Equal(1, result.Code);
        Assert.Contains("nuget was asked for, but the NuGet feed has no TorchSharp", result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, machine.Props);
    }

    [Theory]
    [InlineData("--packages", "conan")]
    [InlineData("--packages", null)]
    [InlineData("--fast", null)]
    public void A_wrong_set_up_option_is_a_usage_error(string option, string? value)
    {
        LauncherResult result = value is null ? machine.Run("setup", option) : machine.Run("setup", option, value);

        Assert.Equal(2, result.Code);
        Assert.Contains(value ?? option, result.Errors, StringComparison.Ordinal);
        Assert.Empty(machine.TakeCalls());
    }

    [Fact]
    public void Check_reports_and_changes_nothing()
    {
        machine.Remove("ffprobe");

        LauncherResult result = machine.Run("setup", "--check");

        Assert.Equal(1, result.Code);
        Assert.Matches(@"ffmpeg +missing", result.Output);
        Assert.Matches(@"\.NET SDK 10 +ok +10\.0\.100", result.Output);
        Assert.Empty(machine.TakeCalls());
        Assert.False(File.Exists(Path.Combine(machine.Clone, "Packages.user.props")));
    }

    [Fact]
    public void Check_is_content_after_set_up()
    {
        machine.Run("setup");

        LauncherResult result = machine.Run("setup", "--check");

        Assert.DoesNotContain("missing", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.Code);
    }
}
