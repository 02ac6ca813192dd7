using System.Text.Json;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tests.Purifiers;

namespace Realtime.Filter.Tests.Graph;

public sealed class FrameTraceTests : IDisposable
{
    private static readonly FrameFormat Format = new(70, 45, new TimeBase(1, 25), 25, null);

    private readonly TinyModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_frame_has_every_stage_once_and_no_track_does_two_things_at_a_time(bool singleThreaded)
    {
        const int Frames = 30;
        List<Event> events = Trace(Frames, singleThreaded, out Dictionary<int, string> tracks);

        Assert.Equal(["source", "gather", "purify", "blend", "sink"], tracks.Values.Where(name => !name.StartsWith("inference", StringComparison.Ordinal)));
        foreach ((int track, string name) in tracks)
        {
            Event[] here = [.. events.Where(one => one.Track == track).OrderBy(one => one.Begin)];
            for (int i = 1; i < here.Length; i++)
                Assert.True(here[i].Begin >= here[i - 1].Begin + here[i - 1].Duration - 0.01, $"{name}: {here[i - 1]} and {here[i]}");
            // One worker can be quick enough to leave another nothing to do; every stage has every frame.
            if (!name.StartsWith("inference", StringComparison.Ordinal))
                Assert.Equal(Enumerable.Range(0, Frames), here.Where(one => one.Name == name).Select(one => (int)one.Frame!.Value));
        }
    }

    [Fact]
    public void The_runs_of_a_frame_lie_within_its_purify_stage_and_count_its_tiles()
    {
        List<Event> events = Trace(10, singleThreaded: false, out _);
        Event[] stages = [.. events.Where(one => one.Name == "purify")];
        Event[] runs = [.. events.Where(one => one.Name == "inference")];

        Assert.Equal(10 * 6, runs.Sum(one => one.Tiles!.Value));
        Assert.All(runs, run => Assert.Contains(stages, stage => run.Begin >= stage.Begin - 0.01 && run.Begin + run.Duration <= stage.Begin + stage.Duration + 0.01));
        Assert.Contains(events, one => one.Name == "wait for a frame");
    }

    [Fact]
    public void A_long_trace_is_not_kept_in_memory()
    {
        using CountingStream stream = new();
        using FrameTrace trace = new(stream, "test");
        int track = trace.AddTrack("busy");
        long longest = 0;
        for (int i = 0; i < 20_000; i++)
        {
            trace.Add(track, "work", i, i + 1, "frame", i);
            longest = Math.Max(longest, stream.Largest);
        }

        Assert.InRange(longest, 1, 40_000);
        Assert.True(stream.Position > 1_000_000);
    }

    private List<Event> Trace(int frames, bool singleThreaded, out Dictionary<int, string> tracks)
    {
        using MemoryStream stream = new();
        using (OnnxPurifier purifier = OnnxPurifier.Open(models.Identity(), 2))
        using (PurifyPipeline pipeline = new(Format, purifier, 4))
        using (FakeSource source = new(frames, Format))
        using (FakeSink sink = new())
        using (FrameTrace trace = new(stream, "test"))
        {
            purifier.TraceTo(trace);
            new FrameGraph(source, pipeline.Stages, sink, FramePicture.Purified, new FrameGraphOptions(SingleThreaded: singleThreaded, Trace: trace)).Run(CancellationToken.None);
        }

        using JsonDocument json = JsonDocument.Parse(stream.ToArray());
        tracks = json.RootElement.EnumerateArray()
            .Where(one => one.GetProperty("name").GetString() == "thread_name")
            .ToDictionary(one => one.GetProperty("tid").GetInt32(), one => one.GetProperty("args").GetProperty("name").GetString()!);
        return [.. json.RootElement.EnumerateArray().Where(one => one.GetProperty("ph").GetString() == "X").Select(Read)];
    }

    private static Event Read(JsonElement one) => new(
        one.GetProperty("tid").GetInt32(),
        one.GetProperty("name").GetString()!,
        one.GetProperty("ts").GetDouble(),
        one.GetProperty("dur").GetDouble(),
        Argument(one, "frame"),
        Argument(one, "tiles"));

    private static long? Argument(JsonElement one, string name) =>
        one.TryGetProperty("args", out JsonElement arguments) && arguments.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : null;

    private sealed record Event(int Track, string Name, double Begin, double Duration, long? Frame, long? Tiles);

    private sealed class CountingStream : MemoryStream
    {
        public long Largest { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Largest = Math.Max(Largest, buffer.Length);
            base.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Largest = Math.Max(Largest, count);
            base.Write(buffer, offset, count);
        }
    }
}
