using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Realtime.Filter.Tests.Classifiers;
using Realtime.Filter.Tests.Purifiers;
using Realtime.Filter.Tests.Video;
using static Realtime.Filter.Tests.Commands.RealtimeProcess;

namespace Realtime.Filter.Tests.Commands;

/// <summary>Events, metrics and health, as a user has them.</summary>
public sealed class PurifyTelemetryTests : IDisposable
{
    private readonly Clips clips = new();
    private readonly TinyModels models = new();
    private readonly TinyVictim victim = new(width: 32, height: 32);

    public void Dispose()
    {
        clips.Dispose();
        models.Dispose();
        victim.Dispose();
    }

    [Fact]
    public void Events_alone_on_stdout_are_an_object_a_frame_with_its_id_and_time()
    {
        string input = clips.Make("in.mkv", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 6 -vf setpts=PTS+N*N*0.04/TB -fps_mode passthrough -c:v ffv1 -pix_fmt bgr0 {out}");

        Outcome outcome = Run("purify", "-i", input, "-m", models.Invert(), "--classifier", victim.Path, "--protect", "classifier", "--top", "2", "--events", "-");

        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        JsonElement[] events = [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(Enumerable.Range(0, 6), events.Select(one => one.GetProperty("frame").GetInt32()));
        Assert.Equal(Clips.Pts(input).Select(pts => pts / 1000.0), events.Select(one => one.GetProperty("pts").GetDouble()));
        Assert.All(events, one => Assert.Equal((2, 2), (one.GetProperty("raw").GetArrayLength(), one.GetProperty("purified").GetArrayLength())));
        Assert.All(events, one => Assert.Contains(one.GetProperty("raw")[0].GetProperty("label").GetString(), (string[])["red", "green", "blue"]));
        Assert.Contains("6 events to -, lost 0", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_events_cost_the_exit_code_and_not_the_pictures()
    {
        string output = clips.PathOf("out.mp4");

        Outcome outcome = Run("purify", "-i", clips.Plain(), "-o", output, "-m", models.Identity(), "--events", "/dev/full");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(12, Clips.Pts(output).Length);
        Assert.Contains("12 events were lost", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_follow_the_frames_and_health_tells_when_they_stop()
    {
        byte[] input = File.ReadAllBytes(clips.Make("in.y4m", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 4 -pix_fmt yuv444p {out}"));
        using Process process = Start([], ["purify", "-i", "-", "-o", "none", "-m", models.Identity(), "--metrics", "0", "--health-timeout", "0.5"], feeds: true);
        string line = (await process.StandardError.ReadLineAsync())!;
        int port = int.Parse(line[(line.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"realtime: metrics and health on 127.0.0.1:{port}", line);
        using HttpClient client = new() { BaseAddress = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri };

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health")).StatusCode);
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.BaseStream.Flush();
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        HttpResponseMessage health;
        do
            health = await client.GetAsync("/health", patience.Token);      // until the frames that were given are through, and the time is over
        while (health.StatusCode == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("no frame", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        HttpResponseMessage metrics = await client.GetAsync("/metrics");
        Assert.Equal(["charset=utf-8", "version=0.0.4"], metrics.Content.Headers.ContentType!.Parameters.Select(parameter => $"{parameter}").Order());
        Assert.Contains("\nrealtime_frames_in_total ", await metrics.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        process.StandardInput.Close();
        string rest = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, rest);
        Assert.Contains("realtime: 4 frames in", rest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-o - --events -", "would both write to standard output")]
    [InlineData("-o none --events-on change", "--events-on is about events")]
    [InlineData("-o none --events-every 3", "--events-every is about events")]
    [InlineData("-o none --events e.jsonl --events-every 0", "--events-every must be at least 1")]
    [InlineData("-o none --health-timeout 3", "--health-timeout is about /health")]
    [InlineData("-o none --metrics here", "--metrics 'here' must be a port")]
    [InlineData("--benchmark --events e.jsonl", "leave --events and --metrics out")]
    [InlineData("--metrics 0", "purify needs an output")]
    [InlineData("--events /no/such/folder/e.jsonl", "--events '/no/such/folder/e.jsonl' cannot be written")]
    public void Flags_that_do_not_go_together_are_refused_at_once(string flags, string message)
    {
        Outcome outcome = Run(["purify", "-i", "absent.mp4", .. flags.Split(' ')]);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(message, outcome.Errors, StringComparison.Ordinal);
    }
}
