using System.Diagnostics;
using System.Runtime.InteropServices;
using Realtime.Filter.Tests.Launcher;

namespace Realtime.Filter.Tests.Batch;

/// <summary>The Slurm recipe for real: controller, two daemons, two workers, one of them killed.</summary>
public sealed class SlurmTests : IDisposable
{
    private static readonly string[] Programs = ["slurmctld", "slurmd", "sbatch", "munged"];

    private readonly Archive archive = new();

    public void Dispose() => archive.Dispose();

    [SkippableFact]
    public void A_killed_worker_of_an_array_loses_and_repeats_nothing()
    {
        string[] missing = [.. Programs.Where(program => !new[] { "/usr/bin", "/usr/sbin" }.Any(folder => File.Exists(Path.Combine(folder, program))))];
        Skip.If(missing.Length > 0, $"Slurm is not installed here: no {string.Join(", ", missing)} (apt-get install slurm-wlm munge)");
        Skip.If(Environment.UserName != "root", "Slurm's daemons of its own need root");
        foreach (int i in Enumerable.Range(1, 3))
            archive.Clip($"{i}.mp4", frames: 40);
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        string program = archive.Beside("realtime");
        File.WriteAllText(program, $"#!/bin/sh\nexec '{host}' '{Path.Combine(AppContext.BaseDirectory, "Realtime.Filter.dll")}' \"$@\"\n");
        Video.Clips.Run("chmod", $"755 {program}");

        ProcessStartInfo start = new("bash", [Path.Combine(Repository.Root, "deploy", "slurm-trial.sh"), archive.Input, "-m", archive.Models.Slow(), "--segment", "5", "--threads", "1"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["REALTIME"] = program;
        using Process trial = Process.Start(start)!;
        Task<string> output = trial.StandardOutput.ReadToEndAsync();
        string errors = trial.StandardError.ReadToEnd();
        trial.WaitForExit();

        Assert.True(trial.ExitCode == 0, errors + output.Result);
        Assert.Contains("3 files done once each", output.Result, StringComparison.Ordinal);
    }
}
