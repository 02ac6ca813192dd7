namespace Realtime.Filter.Tests.Launcher;

public sealed class MissingPartsTests : IDisposable
{
    private readonly Sandbox machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public void A_user_without_sudo_is_told_the_one_command()
    {
        machine.Remove("ffmpeg");

        LauncherResult result = machine.Run("demo");

        Assert.Equal(1, result.Code);
        Assert.Contains("sudo apt-get install -y --no-install-recommends ffmpeg", result.Errors, StringComparison.Ordinal);
        Assert.Empty(machine.TakeCalls());
    }

    [Fact]
    public void Root_gets_it_installed_and_is_told()
    {
        machine.Remove("ffmpeg");
        machine.Variables["USER_ID"] = "0";
        machine.Variables["APT_GIVES"] = "ffmpeg ffprobe";

        LauncherResult result = machine.Run("demo");

        Assert.Equal(0, result.Code);
        Assert.Contains("installing from Debian: ffmpeg", result.Errors, StringComparison.Ordinal);
        Assert.Contains(machine.TakeCalls(), call => call.EndsWith("install --no-install-recommends ffmpeg", StringComparison.Ordinal));
    }

    [Fact]
    public void Sudo_without_a_password_is_used()
    {
        machine.Remove("ffmpeg");
        machine.Script("sudo", "echo \"sudo $*\" >>\"$CALLS\"; shift; \"$@\"");
        machine.Variables["APT_GIVES"] = "ffmpeg ffprobe";

        LauncherResult result = machine.Run("demo");

        Assert.Equal(0, result.Code);
        Assert.Contains(machine.TakeCalls(), call => call.StartsWith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failed_installation_is_one_clear_error()
    {
        machine.Remove("ffmpeg");
        machine.Variables["USER_ID"] = "0";
        machine.Variables["APT_CODE"] = "100";

        LauncherResult result = machine.Run("demo");

        Assert.Equal(1, result.Code);
        Assert.Contains("apt-get did not install ffmpeg", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(machine.TakeCalls(), call => call.StartsWith("dotnet", StringComparison.Ordinal));
    }

    [Fact]
    public void Npm_is_needed_only_while_the_runtime_is_not_in_the_cache()
    {
        machine.Remove("npm");

        LauncherResult without = machine.Run("models");
        Directory.CreateDirectory(Path.Combine(machine.Home, ".cache/realtime/onnxruntime-1.29.0"));
        File.WriteAllText(Path.Combine(machine.Home, ".cache/realtime/onnxruntime-1.29.0/complete"), "");
        LauncherResult with = machine.Run("models");

        Assert.Equal(1, without.Code);
        Assert.Contains("sudo apt-get install -y --no-install-recommends npm", without.Errors, StringComparison.Ordinal);
        Assert.Equal(0, with.Code);
    }

    [Fact]
    public void Vulkan_is_needed_for_tests_and_for_nothing_else()
    {
        machine.RemoveVulkan();
        machine.Remove("glslc");
        machine.Remove("spirv-val");
        machine.Remove("Xvfb");

        LauncherResult demo = machine.Run("demo");
        LauncherResult test = machine.Run("test");

        Assert.Equal(0, demo.Code);
        Assert.Equal(1, test.Code);
        Assert.Contains("--no-install-recommends libvulkan1 mesa-vulkan-drivers vulkan-validationlayers glslc spirv-tools libvulkan-dev libglfw3 xvfb", test.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_of_a_command_does_not_ask_for_ffmpeg()
    {
        machine.Remove("ffmpeg");

        Assert.Equal(0, machine.Run("demo", "--help").Code);
    }

    [Fact]
    public void An_sdk_that_is_too_old_is_named_with_the_fix()
    {
        string sdk = Path.Combine(machine.Clone, "../dotnet/sdk");
        Directory.Move(Path.Combine(sdk, "10.0.100"), Path.Combine(sdk, "9.0.100"));

        LauncherResult result = machine.Run("models");

        Assert.Equal(1, result.Code);
        Assert.Contains("the .NET 10 SDK is missing", result.Errors, StringComparison.Ordinal);
        Assert.Contains("dotnet-sdk-10.0", result.Errors, StringComparison.Ordinal);
        Assert.Empty(machine.TakeCalls());
    }

    [Fact]
    public void A_wrong_torch_prefix_is_named()
    {
        machine.Variables["TORCH_PREFIX"] = "/nowhere";

        LauncherResult result = machine.Run("train", "classifier");

        Assert.Equal(1, result.Code);
        Assert.Contains("TORCH_PREFIX is '/nowhere', where there is no libtorch", result.Errors, StringComparison.Ordinal);
    }

    /// <summary>Debian's libtorch runs on the reference BLAS too, an order of magnitude slower, and nothing would say so.</summary>
    [Fact]
    public void Debians_libtorch_gets_a_fast_blas_and_another_libtorch_brings_its_own()
    {
        machine.RemoveBlas();

        machine.Variables["TORCH_PREFIX"] = "";
        LauncherResult debian = machine.Run("train", "classifier");
        machine.Variables.Remove("TORCH_PREFIX");
        LauncherResult own = machine.Run("train", "classifier");

        Assert.Equal(1, debian.Code);
        Assert.Equal(0, own.Code);
        Assert.Contains("libopenblas0-openmp", debian.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreachable_feed_at_build_time_is_one_clear_line()
    {
        machine.Script("../dotnet/dotnet", "echo 'error NU1301: Unable to load the service index'; exit 1");

        LauncherResult result = machine.Run("models");

        Assert.Equal(1, result.Code);
        Assert.Contains("the NuGet feed cannot be reached and a package is not in the cache yet", result.Errors, StringComparison.Ordinal);
    }
}
