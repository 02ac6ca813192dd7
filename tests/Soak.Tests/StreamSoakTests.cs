using System.Diagnostics;
using System.Globalization;
using Realtime.Filter.Tests.Live;
using Realtime.Filter.Tests.Purifiers;
using Realtime.Filter.Tests.Video;
using Xunit.Abstractions;
using static Realtime.Filter.Tests.Commands.RealtimeProcess;

namespace Realtime.Soak.Tests;

/// <summary>A stream that breaks off and comes back, through the purifier to HLS, watched from outside: what the process holds must not grow.</summary>
public sealed class StreamSoakTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>How long it runs, in minutes; five where it is not set.</summary>
    private const string MinutesVariable = "REALTIME_SOAK_MINUTES";

    private const double UsualMinutes = 5;
    private const int FewestRounds = 4;
    private const double MostWait = 2;      // minutes more for these on a loaded machine
    private const int Frames = 200;         // of a connection: eight seconds, so that children that start are not most of the work

    private readonly Clips clips = new();
    private readonly TinyModels models = new();

    public void Dispose()
    {
        clips.Dispose();
        models.Dispose();
    }

    [Fact]
    public async Task Memory_handles_and_threads_are_flat_over_many_reconnects()
    {
        double minutes = double.Parse(Environment.GetEnvironmentVariable(MinutesVariable) ?? $"{UsualMinutes}", CultureInfo.InvariantCulture);
        byte[] body = clips.Stream(frames: Frames);
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));
        string list = clips.PathOf("live.m3u8");
        using Process process = Start([], ["purify", "-i", server.Url("live.ts"), "-o", list, "-m", models.Identity(), "--metrics", "0", "--segment-time", "1", "--reconnect-max", "0.5"]);
        using Stray stray = new(process);
        List<string> told = [];
        Task reading = Task.Run(() => Read(process.StandardError, told));
        using HttpClient client = new();
        List<Holding> holdings = [];
        Stopwatch clock = Stopwatch.StartNew();
        while ((clock.Elapsed.TotalMinutes < minutes || Rounds(told) < FewestRounds) && clock.Elapsed.TotalMinutes < minutes + MostWait && !process.HasExited)
        {
            // Before the first round not everything is there that is going to stay.
            if (Rounds(told) > 0 && AddressOf(told) is { } address)
            {
                try
                {
                    holdings.Add(await Look(process.Id, client, address));
                }
                catch (Exception error) when (error is HttpRequestException or IOException)
                {
                    lock (told)
                        Assert.Fail($"it is gone after {clock.Elapsed}: {error.Message}\n{string.Join('\n', told)}");
                }
            }

            await Task.Delay(250);
        }

        using Process kill = Process.Start("kill", $"{process.Id}");
        await process.WaitForExitAsync();
        await reading;

        Assert.True(process.ExitCode == 143, string.Join('\n', told));
        // Every reconnect replaces three children, so that what a round leaves behind shows in few of them. Peaks are compared, because each round has its own.
        int third = holdings.Count / 3;
        Assert.True(third > 3, $"{holdings.Count} looks only");
        Holding early = Holding.Peak(holdings[..third]), late = Holding.Peak(holdings[^third..]);
        int rounds = Rounds(told);
        output.WriteLine($"{minutes} min, {rounds} reconnects; first third: {early}; last third: {late}");
        Assert.True(rounds >= FewestRounds, string.Join('\n', told));
        bool isLong = minutes >= 2;         // before that, code is still being compiled
        Assert.InRange(late.Handles, 1, early.Handles + 12);        // children of two rounds may overlap; a leak of one pipe a child was 10 a round
        Assert.InRange(late.Threads, 1, early.Threads + 4);
        Assert.InRange(late.Heap, 0, early.Heap + (isLong ? 4e6 : 16e6));
        Assert.InRange(late.Resident, 1, early.Resident + (isLong ? 16e6 : 64e6));
    }

    private static void Read(StreamReader lines, List<string> told)
    {
        while (lines.ReadLine() is { } line)
        {
            lock (told)
                told.Add(line);
        }
    }

    private static int Rounds(List<string> told)
    {
        lock (told)
            return told.Count(line => line.Contains(": back, ", StringComparison.Ordinal));
    }

    // Where the metrics are; null before that is told.
    private static string? AddressOf(List<string> told)
    {
        lock (told)
            return told.FirstOrDefault(line => line.StartsWith("realtime: metrics and health on ", StringComparison.Ordinal))?.Split(' ')[^1];
    }

    private static async Task<Holding> Look(int id, HttpClient client, string host)
    {
        string metrics = await client.GetStringAsync($"http://{host}/metrics");
        double heap = metrics.Split('\n').Where(line => line.StartsWith("dotnet_gc_last_collection_heap_size_bytes{", StringComparison.Ordinal)).Sum(line => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture));
        string[] status = await File.ReadAllLinesAsync($"/proc/{id}/status");
        return new Holding(Directory.GetFileSystemEntries($"/proc/{id}/fd").Length, Number("Threads:"), heap, 1024 * Number("VmRSS:"));

        double Number(string name) => double.Parse(status.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Ends a process that the test did not get to end.</summary>
    private sealed class Stray(Process process) : IDisposable
    {
        public void Dispose()
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>What a process holds: open files, threads, managed bytes, bytes in memory.</summary>
    private sealed record Holding(double Handles, double Threads, double Heap, double Resident)
    {
        public static Holding Peak(List<Holding> all) => new(all.Max(one => one.Handles), all.Max(one => one.Threads), all.Max(one => one.Heap), all.Max(one => one.Resident));

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Handles} handles, {Threads} threads, {Heap / 1e6:0.0} MB managed, {Resident / 1e6:0} MB resident");
    }
}
