using Realtime.Filter.Errors;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Serve;
using Realtime.Filter.Serve.Configuration;
using Realtime.Filter.Tests.Live;
using Realtime.Filter.Tests.Purifiers;
using Realtime.Filter.Tests.Video;

namespace Realtime.Filter.Tests.Serve;

/// <summary>Streams side by side, as serve has them, in this process.</summary>
public sealed class StreamSetTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Clips clips = new();
    private readonly TinyModels models = new();
    private readonly SharedPurifier shared;
    private readonly StreamSet streams;

    public StreamSetTests()
    {
        shared = new SharedPurifier(OnnxPurifier.Open(models.Invert(), threads: 1), most: 16);
        streams = new StreamSet(shared, new object(), () => { }, TimeProvider.System);
    }

    public void Dispose()
    {
        streams.Dispose();
        shared.Dispose();
        clips.Dispose();
        models.Dispose();
    }

    [Fact]
    public void A_good_stream_loses_nothing_to_bad_ones_beside_it()
    {
        Apply($"""
            streams:
              absent:
                input: {clips.PathOf("absent.mp4")}
                output: none
              away:
                input: rtsp://127.0.0.1:1/live
                output: none
                reconnect-max: 0.2
              full:
                input: solids:seconds=1,size=64x48,fps=10
                output: none
                events: /dev/full
              good:
                input: solids:seconds=2,size=64x48,fps=10
                output: {clips.PathOf("good.mkv")}
            """);

        WaitFor(() => One("good").State == StreamState.Ended && One("absent").State == StreamState.Failed && One("full").State == StreamState.Ended && One("away").Failures >= 2);

        Assert.Equal((ExitCode.Ok, 20L, "idle"), (One("good").Code, One("good").Health.Frames, One("good").Health.Status));
        Assert.Equal(20, Frames("good.mkv"));
        Assert.Equal((ExitCode.Failed, 10L), (One("full").Code, One("full").Health.Frames));
        Assert.Equal(1, One("absent").Failures);
        Assert.Contains("absent.mp4", One("absent").Health.Reason, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:1", One("away").Health.Reason, StringComparison.Ordinal);
        Assert.Equal(["absent", "away", "full"], ServeHealth.Of(streams.Streams).Failing);
        Assert.False(streams.IsDone);
        streams.End();
        Assert.True(streams.IsDone);
        Assert.Equal(ExitCode.Failed, streams.Code);
    }

    [Fact]
    public void A_change_starts_what_is_new_ends_what_is_gone_and_leaves_the_rest_alone()
    {
        string Stream(string name, string more = "") => $"  {name}:\n    input: solids:seconds=0,size=64x48,fps=10\n    output: {clips.PathOf(name + ".mkv")}\n    overwrite: true\n    tiles-per-second: 400\n{more}";
        Apply("streams:\n" + Stream("kept") + Stream("gone") + Stream("changed"));
        WaitFor(() => streams.Streams.All(stream => stream.Health.Frames > 2));
        StreamKeeper kept = One("kept"), gone = One("gone"), changed = One("changed");
        long before = kept.Health.Frames;

        string told = Apply("streams:\n" + Stream("new") + Stream("kept") + Stream("changed", "    tile-tolerance: 2\n"));

        Assert.Equal("started: new; started anew: changed; ended: gone", told);
        Assert.Equal(["changed", "kept", "new"], streams.Streams.Select(stream => stream.Stream.Name));
        Assert.Same(kept, One("kept"));
        Assert.NotSame(changed, One("changed"));
        Assert.Equal((StreamState.Ended, ExitCode.Ok, gone.Health.Frames), (gone.State, gone.Code, Frames("gone.mkv")));
        WaitFor(() => kept.Health.Frames > before && One("new").Health.Frames > 2 && One("changed").Health.Frames > 2);
        Assert.Equal((StreamState.Running, 0L), (kept.State, kept.Failures));
        Assert.Equal("nothing is another", Apply("streams:\n" + Stream("new") + Stream("kept") + Stream("changed", "    tile-tolerance: 2\n")));

        streams.End();
        Assert.Equal(kept.Health.Frames, Frames("kept.mkv"));
        Assert.Equal(One("changed").Health.Frames, Frames("changed.mkv"));
    }

    [Fact]
    public void A_stream_that_had_failed_for_good_gets_another_chance_and_one_that_has_ended_does_not()
    {
        string late = clips.PathOf("late.y4m"), text = $"streams:\n  late: {{input: '{late}', output: none}}\n  done: {{input: 'solids:seconds=1,size=64x48,fps=5', output: none}}\n";
        Apply(text);
        WaitFor(() => streams.IsDone);
        Assert.Equal((StreamState.Failed, StreamState.Ended), (One("late").State, One("done").State));

        clips.Make("late.y4m", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 4 -pix_fmt yuv420p {out}");

        Assert.Equal("started anew: late", Apply(text));
        WaitFor(() => streams.IsDone);
        Assert.Equal((StreamState.Ended, ExitCode.Ok, 4L), (One("late").State, One("late").Code, One("late").Health.Frames));
    }

    [Fact]
    public void A_live_stream_comes_back_when_its_source_does()
    {
        int port = Peer.FreePort();
        byte[] body = clips.Stream();
        Apply($"streams:\n  cam: {{input: '{new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port, "live.ts")}', output: '{clips.PathOf("cam.mkv")}', latency-policy: smooth, reconnect-max: 0.2, frames: {LiveClips.Frames}}}\n");
        WaitFor(() => One("cam").Failures >= 2);

        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body), port);

        WaitFor(() => streams.IsDone);
        Assert.Equal((ExitCode.Ok, (long)LiveClips.Frames), (One("cam").Code, One("cam").Health.Frames));
        Assert.Equal(LiveClips.Frames, Frames("cam.mkv"));
    }

    private static void WaitFor(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Patience), "it never came to that");

    private long Frames(string name) => Clips.Packets(clips.PathOf(name));

    private StreamKeeper One(string name) => streams.Streams.Single(stream => stream.Stream.Name == name);

    private string Apply(string text) => streams.Apply(new ServeConfigurationReader(_ => null, [], []).Read("log-level: error\n" + text, "serve.yaml").Streams);
}
