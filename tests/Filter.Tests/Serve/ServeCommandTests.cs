using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using Realtime.Filter.Tests.Purifiers;
using Realtime.Filter.Tests.Video;
using static Realtime.Filter.Tests.Commands.RealtimeProcess;

namespace Realtime.Filter.Tests.Serve;

/// <summary><c>serve</c> as a user runs it.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private const int Hangup = 1, Terminate = 15;

    private readonly Clips clips = new();
    private readonly TinyModels models = new();

    public void Dispose()
    {
        clips.Dispose();
        models.Dispose();
    }

    [Fact]
    public void Two_streams_in_one_process_write_what_each_alone_does()
    {
        string model = models.Halve();
        string first = clips.Make("first.y4m", "-f lavfi -i testsrc2=s=96x64:r=25 -frames:v 10 -pix_fmt yuv420p {out}"), second = clips.Make("second.y4m", "-f lavfi -i mandelbrot=s=64x80:r=25 -frames:v 14 -pix_fmt yuv444p {out}");
        Assert.Equal(0, Run("purify", "-i", first, "-o", clips.PathOf("alone-1.mkv"), "-m", model, "--codec", "ffv1").ExitCode);
        Assert.Equal(0, Run("purify", "-i", second, "-o", clips.PathOf("alone-2.mkv"), "-m", model, "--codec", "ffv1").ExitCode);
        string config = Write($"""
            model: {model}
            batch: 8
            defaults:
              codec: ffv1
            streams:
              one:
                input: {first}
                output: {clips.PathOf("shared-1.mkv")}
                events: '-'
              two:
                input: {second}
                output: {clips.PathOf("shared-2.mkv")}
                events: '-'
            """);

        Outcome outcome = Run("serve", "--config", config);

        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Equal(Pictures("alone-1.mkv"), Pictures("shared-1.mkv"));
        Assert.Equal(Pictures("alone-2.mkv"), Pictures("shared-2.mkv"));
        ILookup<string, int> events = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToLookup(one => one.GetProperty("stream").GetString()!, one => one.GetProperty("frame").GetInt32());
        Assert.Equal(Enumerable.Range(0, 10), events["one"]);
        Assert.Equal(Enumerable.Range(0, 14), events["two"]);
        Assert.Contains("realtime: one: 10 frames in", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("realtime: two: 14 frames in", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_process_takes_a_changed_file_refuses_a_bad_one_and_ends_properly()
    {
        string Text(string names) => $"model: {models.Invert()}\nmetrics: 0\nstreams:\n" + string.Concat(names.Split(' ').Select(name => $"  {name}: {{input: 'solids:seconds=0,size=64x48,fps=10', output: '{clips.PathOf(name)}.mkv', tiles-per-second: 300}}\n"));
        string config = Write(Text("a b"));
        using Process process = Start([], ["serve", "--config", config]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string listening = await Line(process, "metrics and health on");
        int port = int.Parse(listening[(listening.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
        using HttpClient client = new() { BaseAddress = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri };
        await Seen(client, "realtime_frames_out_total{stream=\"b\"} ");

        Write(Text("a c") + "  b: {}\n");
        Signal(process, Hangup);
        Assert.Contains("serve.yaml:6:3: the stream needs an input", await Line(process, "all stays as it was"), StringComparison.Ordinal);
        Write(Text("a b") + "batch: 7\n");
        Signal(process, Hangup);
        Assert.Contains("batch: what all streams share cannot change", await Line(process, "all stays as it was"), StringComparison.Ordinal);
        Write(Text("a c") + $"  away: {{input: 'rtsp://u:secret99@127.0.0.1:1/x', output: none}}\n");
        Signal(process, Hangup);
        Assert.Contains("started: away, c; ended: b", await Line(process, "read again; "), StringComparison.Ordinal);
        await Seen(client, "realtime_frames_out_total{stream=\"c\"} ");
        string metrics = await client.GetStringAsync("/metrics");
        Assert.DoesNotContain("{stream=\"b\"", metrics, StringComparison.Ordinal);
        Assert.Contains("\nrealtime_stream_up{stream=\"a\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("realtime_stage_duration_seconds_count{stream=\"a\",stage=\"purify\"}", metrics, StringComparison.Ordinal);
        await Seen(client, "realtime_stream_failures_total{stream=\"away\"} ");
        HttpResponseMessage health = await client.GetAsync("/health");
        JsonElement report = JsonDocument.Parse(await health.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "failing", "away"), (health.StatusCode, report.GetProperty("status").GetString(), report.GetProperty("failing")[0].GetString()));
        Assert.Equal("ok", report.GetProperty("streams").GetProperty("a").GetProperty("status").GetString());

        Signal(process, Terminate);
        string rest = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 143, rest);
        Assert.Contains("interrupted; all 3 streams have ended", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("secret99", rest + report, StringComparison.Ordinal);
        Assert.Equal("", await output);
        Assert.All((string[])["a", "b", "c"], name => Assert.NotEmpty(Clips.Pts(clips.PathOf(name + ".mkv"))));
    }

    [Fact]
    public void Ctrl_C_in_a_terminal_reaches_the_ffmpeg_children_too_and_a_file_is_whole_all_the_same()
    {
        string config = Write($"model: {models.Invert()}\nstreams:\n  a: {{input: 'solids:seconds=0,size=64x48', output: none}}\n  b: {{input: 'solids:seconds=0,size=64x48', output: '{clips.PathOf("b.mp4")}', events: /dev/stderr, tiles-per-second: 300}}\n");

        Outcome outcome = RunAndSignal(PosixSignal.SIGINT, toGroup: true, "\"stream\":\"b\",\"frame\":3,", "serve", "--config", config);

        Assert.True(outcome.ExitCode == 130, outcome.Errors);
        Assert.Contains("interrupted; all 2 streams have ended", outcome.Errors, StringComparison.Ordinal);
        int frames = outcome.Errors.Split('\n').Count(line => line.Contains("\"stream\":\"b\"", StringComparison.Ordinal));
        Assert.Equal(frames, Clips.Pts(clips.PathOf("b.mp4")).Length);
    }

    [Theory]
    [InlineData("streams:\n  a: {input: 'solids:', output: none, crf: low}", "serve.yaml:2:39: crf takes a whole number, found 'low'", 2)]
    [InlineData("model: nothing\nstreams: {}", "serve.yaml:1:1: unknown model 'nothing'", 5)]
    [InlineData("overlap: 99\nstreams: {a: {input: 'solids:', output: none}}", "overlap 99 is too large for tiles of 32 pixels", 2)]
    public void What_is_wrong_is_named_before_anything_runs(string text, string message, int code)
    {
        Outcome outcome = Run("serve", "--config", Write(text));

        Assert.True(outcome.ExitCode == code, outcome.Errors);
        Assert.Contains(message, outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_is_checked_and_printed_without_running_it()
    {
        string config = Write("streams: {a: {input: 'rtsp://u:secret99@127.0.0.1:1/x', output: none}}");

        Outcome check = Run("serve", "--config", config, "--check"), print = Run(new Dictionary<string, string> { ["REALTIME_SERVE_BATCH"] = "17" }, "serve", "--config", config, "--print-config", "--overlap", "4");

        Assert.Equal((0, true), (check.ExitCode, check.Errors.Contains("is sound: a", StringComparison.Ordinal)));
        Assert.Equal(0, print.ExitCode);
        Assert.Contains("batch: 17\n", print.Output, StringComparison.Ordinal);
        Assert.Contains("overlap: 4\n", print.Output, StringComparison.Ordinal);
        Assert.Contains("rtsp://***@127.0.0.1:1/x", print.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret99", print.Output + check.Errors, StringComparison.Ordinal);
    }

    private static async Task<string> Line(Process process, string cue)
    {
        List<string> lines = [];
        while (await process.StandardError.ReadLineAsync() is string line)
        {
            if (line.Contains(cue, StringComparison.Ordinal))
                return line;
            lines.Add(line);
        }

        throw new InvalidOperationException($"'{cue}' never came: {string.Join('\n', lines)}");
    }

    // Until a series is there and not zero.
    private static async Task Seen(HttpClient client, string series)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        while (!(await client.GetStringAsync("/metrics", patience.Token)).Split('\n').Any(line => line.StartsWith(series, StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal)))
            await Task.Yield();
    }

    // A hash of each.
    private string Pictures(string name) => Clips.Run("ffmpeg", $"-nostdin -v error -i {clips.PathOf(name)} -f framemd5 -");

    private string Write(string text)
    {
        string path = clips.PathOf("serve.yaml");
        File.WriteAllText(path, text);
        return path;
    }
}
