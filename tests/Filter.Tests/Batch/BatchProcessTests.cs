using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Realtime.Filter.Batch;
using Realtime.Filter.Tests.Video;
using static Realtime.Filter.Tests.Commands.RealtimeProcess;

namespace Realtime.Filter.Tests.Batch;

/// <summary>Workers as real processes: killed, interrupted, and several at once.</summary>
public sealed class BatchProcessTests : IDisposable
{
    /// <summary>How many kills at random moments; a handful where it is not set.</summary>
    private const string RoundsVariable = "REALTIME_KILL_ROUNDS";

    private readonly Archive archive = new();

    public void Dispose() => archive.Dispose();

    [Fact]
    public void A_killed_run_goes_on_behind_its_last_segment_and_writes_the_bytes_of_an_undisturbed_one()
    {
        archive.Clip("clip.mp4", frames: 60, options: "-f lavfi -i sine=d=2 -pix_fmt yuv420p -c:a aac -shortest");
        Dictionary<string, byte[]> undisturbed = Undisturbed();

        using (Process worker = Start([], Arguments(archive.Output)))
        {
            string work = archive.Outside(".realtime/work");
            SpinWait.SpinUntil(() => worker.HasExited || (Directory.Exists(work) && Directory.EnumerateFiles(work, "segment-000003.mov", SearchOption.AllDirectories).Any()));
            worker.Kill();
            worker.WaitForExit();
        }

        Assert.Empty(Archive.Contents(archive.Output));   // nothing half-made under a final name
        string report = archive.Beside("resumed.jsonl");
        Outcome outcome = Run([.. Arguments(archive.Output), "--report", report]);

        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.InRange(Archive.Report(report).Single().ResumedFrames, 10, 60);
        Assert.Equal(undisturbed, Archive.Contents(archive.Output));
        Assert.Empty(archive.Leftovers());
    }

    [Fact]
    public void Kills_at_random_moments_change_no_byte()
    {
        archive.Clip("a.mp4", frames: 30);
        archive.Clip("deep/b.mkv", frames: 20);
        archive.Clip("c.png", frames: 1, options: "");
        Stopwatch whole = Stopwatch.StartNew();
        Dictionary<string, byte[]> undisturbed = Undisturbed();
        whole.Stop();
        int rounds = int.Parse(Environment.GetEnvironmentVariable(RoundsVariable) ?? "3", CultureInfo.InvariantCulture);
        Random random = new(1);

        for (int round = 0; round < rounds; round++)
        {
            string output = archive.Beside($"round{round}");
            using (Process worker = Start([], Arguments(output)))
            {
                worker.WaitForExit(whole.Elapsed * random.NextDouble());
                worker.Kill();
                worker.WaitForExit();
            }

            Outcome outcome = Run(Arguments(output));

            Assert.True(outcome.ExitCode == 0, outcome.Errors);
            Assert.Equal(undisturbed, Archive.Contents(output));
            Directory.Delete(output, recursive: true);
        }
    }

    [Fact]
    public void Two_workers_at_once_do_every_file_once()
    {
        foreach (int i in Enumerable.Range(1, 6))
            archive.Clip($"{i}.mp4", frames: 10 + i);
        string[] reports = [archive.Beside("one.jsonl"), archive.Beside("two.jsonl")];

        Process[] workers = [.. reports.Select(report => Start([], [.. Arguments(archive.Output), "--report", report]))];
        foreach (Process worker in workers)
        {
            using (worker)
            {
                string errors = worker.StandardError.ReadToEnd();
                worker.WaitForExit();
                Assert.True(worker.ExitCode == 0, errors);
            }
        }

        FileRecord[] files = [.. reports.SelectMany(Archive.Report)];
        Assert.Equal(12, files.Length);   // each knows of all
        Assert.Equal(
            ["1.mp4", "2.mp4", "3.mp4", "4.mp4", "5.mp4", "6.mp4"], files.Where(file => file is { State: FileState.Done, IsOthers: false }).Select(file => file.Input).Order());
        Assert.Empty(archive.Leftovers());
    }

    [Fact]
    public void A_worker_takes_over_what_a_killed_one_held()
    {
        archive.Clip("clip.mp4", frames: 60);
        string report = archive.Beside("survivor.jsonl");
        using Process first = Start([], Arguments(archive.Output));
        SpinWait.SpinUntil(() => first.HasExited || (Directory.Exists(archive.Outside(".realtime/claims")) && Directory.EnumerateFiles(archive.Outside(".realtime/claims"), "*.claim").Any()));
        using Process survivor = Start([], [.. Arguments(archive.Output), "--report", report]);
        first.Kill();
        first.WaitForExit();

        string errors = survivor.StandardError.ReadToEnd();
        survivor.WaitForExit();

        Assert.True(survivor.ExitCode == 0, errors);
        FileRecord file = Assert.Single(Archive.Report(report));
        Assert.Equal((FileState.Done, false), (file.State, file.IsOthers));
        Assert.Empty(archive.Leftovers());
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, true, 130)]
    [InlineData(PosixSignal.SIGTERM, false, 143)]
    public void A_signal_keeps_what_is_finished_and_releases_the_claim(PosixSignal signal, bool toGroup, int exitCode)
    {
        archive.Clip("clip.mp4", frames: 300);

        // Two digits: the first segment of five frames is behind.
        Outcome outcome = RunAndSignal(signal, toGroup, line => Regex.IsMatch(line, "\"frame\":\\d\\d"), [.. Arguments(archive.Output), "--progress=json"]);

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.EndsWith("0 of 1 file settled, finished segments are kept: the same command goes on.", outcome.Errors, StringComparison.Ordinal);
        Assert.Empty(Archive.Contents(archive.Output));
        Assert.Empty(Directory.GetFileSystemEntries(archive.Outside(".realtime/claims")));
        Assert.Single(Directory.GetFiles(archive.Outside(".realtime/work"), "segment-000001.mov", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_is_done_is_skipped_without_decoding()
    {
        archive.Clip("clip.mp4");
        Assert.Equal(0, Run(Arguments(archive.Output)).ExitCode);

        // An ffmpeg and ffprobe that write down what they are asked for.
        string tools = Directory.CreateDirectory(archive.Beside("tools")).FullName, asked = archive.Beside("asked.txt");
        foreach (string tool in new[] { "ffmpeg", "ffprobe" })
        {
            File.WriteAllText(Path.Combine(tools, tool), $"#!/bin/sh\necho \"$@\" >> '{asked}'\nPATH=${{PATH#*:}} exec {tool} \"$@\"\n");
            Clips.Run("chmod", $"755 {Path.Combine(tools, tool)}");
        }

        Outcome outcome = Run(new() { ["PATH"] = $"{tools}:{Environment.GetEnvironmentVariable("PATH")}" }, Arguments(archive.Output));

        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Contains("1 file: 1 unchanged", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("clip.mp4", File.ReadAllText(asked), StringComparison.Ordinal);
    }

    private Dictionary<string, byte[]> Undisturbed()
    {
        string output = archive.Beside("undisturbed");
        Outcome outcome = Run(Arguments(output));
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return Archive.Contents(output);
    }

    private string[] Arguments(string output) => ["batch", "-i", archive.Input, "-o", output, "-m", archive.Models.Slow(), "--segment", "5", "--threads", "1"];
}
