using System.Diagnostics;
using Realtime.Filter.Tests.Purifiers;
using Realtime.Filter.Tests.Video;
using static Realtime.Filter.Tests.Commands.RealtimeProcess;

namespace Realtime.Filter.Tests.Models;

public sealed class OnnxEnvironmentTests : IDisposable
{
    private readonly Clips clips = new();
    private readonly TinyModels models = new();
    private readonly string home = Directory.CreateTempSubdirectory("realtime-home").FullName;

    public void Dispose()
    {
        clips.Dispose();
        models.Dispose();
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public void No_telemetry_of_ONNX_Runtime_is_kept_to_be_sent()
    {
        Dictionary<string, string> environment = new()
        {
            ["HOME"] = home,
            ["XDG_CACHE_HOME"] = Path.Combine(home, "cache"),
            ["TMPDIR"] = home,
            ["CI"] = "",                            // set, ONNX Runtime is silent by itself
            ["ORT_RUNNING_UNIT_TESTS"] = "",
            ["ORT_DISABLE_TELEMETRY"] = "",
        };

        using Process process = Start(environment, ["purify", "-i", clips.Plain(frames: 2), "-o", "none", "-m", models.Identity()]);
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.True(process.ExitCode == 0, errors);
        Assert.True(Directory.Exists(Path.Combine(home, "cache", "realtime")), "our own cache is not there: the variables had no effect");
        string[] kept = Directory.GetFileSystemEntries(home, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None });
        Assert.DoesNotContain(kept, entry => entry.Contains("Microsoft", StringComparison.Ordinal) || entry.Contains("mat-debug", StringComparison.Ordinal) || entry.Contains("deviceid", StringComparison.Ordinal));
    }
}
