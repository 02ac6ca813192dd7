using System.Diagnostics;
using Realtime.Filter.Live;
using Realtime.Filter.Serve.Configuration;
using Realtime.Filter.Tests.Launcher;

namespace Realtime.Filter.Tests.Serve;

/// <summary>What deploy/ has for serve.</summary>
public sealed class DeployTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy");

    [Fact]
    public void The_example_is_a_sound_configuration()
    {
        ServeConfigurationReader reader = new(name => name.EndsWith("_PASSWORD", StringComparison.Ordinal) ? "hunter2hunter2" : null, [], []);

        ServeConfiguration configuration = reader.ReadFile(Path.Combine(Folder, "serve.example.yaml"));

        Assert.Equal(["door", "yard"], configuration.Streams.Select(stream => stream.Name));
        Assert.All(configuration.Streams, stream => Assert.Equal(LatencyPolicy.Balanced, stream.Run.Live.Policy));
        Assert.DoesNotContain("hunter2", ServeYaml.Write(configuration), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Systemd_finds_nothing_to_say_about_the_unit()
    {
        Skip.IfNot(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed (apt-get install systemd)");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("realtime-unit-");
        string unit = Path.Combine(folder.FullName, "realtime-serve.service");
        File.WriteAllText(unit, File.ReadAllText(Path.Combine(Folder, "realtime-serve.service")).Replace("/opt/realtime/realtime", Path.Combine(Repository.Root, "realtime"), StringComparison.Ordinal));

        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/systemd-analyze", ["verify", unit]) { RedirectStandardError = true })!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        folder.Delete(recursive: true);

        Assert.Equal("", string.Join('\n', said.Split('\n').Where(line => line.Contains("realtime-serve", StringComparison.Ordinal))));
    }
}
