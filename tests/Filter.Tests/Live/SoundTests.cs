using System.Globalization;
using Realtime.Filter.Frames;
using Realtime.Filter.Live;
using Realtime.Filter.Tests.Video;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Live;

/// <summary>Sound from a live input to an output: in time with the pictures, and never in their way.</summary>
public sealed class SoundTests : IDisposable
{
    private const double InTime = 0.06;     // a frame and a half

    private static readonly LiveOptions Options = new() { ReconnectFor = TimeSpan.Zero, Policy = LatencyPolicy.Smooth };

    private readonly Clips clips = new();
    private readonly LiveCounts counts = new();
    private readonly List<string> log = [];

    public void Dispose() => clips.Dispose();

    [Theory]
    [InlineData("out.mp4", "aac")]
    [InlineData("out.webm", "opus")]
    [InlineData("seg-%d.ts", "aac")]
    public void A_beep_is_heard_when_its_flash_is_seen(string name, string codec)
    {
        byte[] body = FlashAndBeep();
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));

        Pass(server, name, Options);

        string output = clips.PathOf(name.Replace("%d", "0", StringComparison.Ordinal));
        Assert.Equal(codec, Clips.Probe(output, "-select_streams a -show_entries stream=codec_name").Split('\n')[0].Trim());
        Assert.Equal(1, Assert.Single(Flashes(output)), InTime);
        Assert.Equal(Flashes(output)[0], Assert.Single(Beeps(output)), InTime);
        Assert.Equal(0, counts.Sound!.Lost.TotalSeconds);
    }

    [Fact]
    public void Sound_goes_on_in_time_behind_a_gap()
    {
        byte[] body = FlashAndBeep();
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));

        Pass(server, "out.mkv", Options with { ReconnectFor = null }, frames: 100);

        double[] flashes = Flashes(clips.PathOf("out.mkv")), beeps = Beeps(clips.PathOf("out.mkv"));
        Assert.Equal(2, flashes.Length);
        Assert.Equal(2, beeps.Length);
        Assert.InRange(flashes[1] - flashes[0], 2.25, 60);       // the gap is in both
        Assert.All(flashes.Zip(beeps), pair => Assert.Equal(pair.First, pair.Second, InTime));
    }

    [Fact]
    public void A_source_without_sound_makes_an_output_without()
    {
        byte[] body = File.ReadAllBytes(clips.Make("mute.ts", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 25 -pix_fmt yuv420p -c:v libx264 {out}"));
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));

        Pass(server, "out.mp4", Options);

        Assert.Equal("video", Clips.Probe(clips.PathOf("out.mp4"), "-show_entries stream=codec_type"));
        Assert.DoesNotContain("sound", counts.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sound_that_is_not_wanted_is_not_fetched()
    {
        byte[] body = FlashAndBeep();
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));

        Pass(server, "out.mp4", Options with { WithSound = false });

        Assert.Equal("video", Clips.Probe(clips.PathOf("out.mp4"), "-show_entries stream=codec_type"));
    }

    [Theory]
    [InlineData(0.5, 1)]        // it begins in the middle
    [InlineData(0, 0.3)]        // it ends there
    public void Sound_that_begins_late_or_ends_early_holds_no_picture_back(double from, double to)
    {
        byte[] body = Cut(FlashAndBeep("-output_ts_offset 10 -t 4"), from, to);
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));

        Pass(server, "seg-%d.ts", Options);

        string output = clips.PathOf("seg-0.ts");
        Assert.Equal(100, Clips.Packets(output));
        double seconds = Numbers(Clips.Probe(output, "-select_streams a -show_entries packet=pts_time")).Max() - FirstPicture(output);
        Assert.InRange(seconds, from == 0 ? 3.7 : 3.0, 4.2);       // silence follows; behind sound it may lack its last second
    }

    [Fact]
    public void Sound_that_is_announced_and_never_comes_is_silence_and_told()
    {
        byte[] body = Cut(FlashAndBeep("-t 4"), 1, 1);
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));

        Pass(server, "out.mp4", Options);

        Assert.Contains(log, line => line.Contains("its sound cannot be read", StringComparison.Ordinal));
        Assert.Equal(100, Clips.Packets(clips.PathOf("out.mp4")));
        Assert.Empty(Beeps(clips.PathOf("out.mp4")));
    }

    [Fact]
    public void Without_an_output_sound_is_lost_and_counted_and_pictures_go_on()
    {
        byte[] body = FlashAndBeep("-t 20");
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));
        using ReconnectingSource source = new(LiveInput.Parse(server.Url("live.ts")), Options, counts, log.Add);
        FrameSlot slot = new(source.Format);
        int frames = 0;
        while (source.TryRead(slot, CancellationToken.None))
            frames++;

        Assert.Equal(500, frames);
        Assert.InRange(source.Sound!.Lost.TotalSeconds, 9, 11);      // of twenty; ten are kept
    }

    private static double[] Numbers(string text) => [.. text.Split('\n').Select(line => line.Trim().TrimEnd(',')).Where(line => line.Length > 0).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];

    private static double FirstPicture(string path) => Numbers(Clips.Probe(path, "-select_streams v -show_entries frame=best_effort_timestamp_time")).First();

    // White and a tone of 1 kHz from the first to the 1.2th second.
    private byte[] FlashAndBeep(string more = "-t 2") => File.ReadAllBytes(clips.Make(
        "flash.ts",
        "-f lavfi -i \"color=black:s=64x48:r=25,drawbox=t=fill:c=white:enable='between(t,0.99,1.19)'\" -f lavfi -i \"aevalsrc='0.8*sin(2*PI*1000*t)*between(t,1,1.2)':s=44100\" "
        + $"{more} -pix_fmt yuv420p -c:v libx264 -g 10 -c:a aac {{out}}"));

    // Leaves of a transport stream's sound what lies between two shares of it.
    private static byte[] Cut(byte[] stream, double from, double to)
    {
        const int Packet = 188, SoundId = 0x101;
        List<byte> kept = [];
        for (int at = 0; at < stream.Length; at += Packet)
        {
            bool isSound = (((stream[at + 1] & 31) << 8) | stream[at + 2]) == SoundId;
            if (!isSound || (at >= from * stream.Length && at < to * stream.Length))
                kept.AddRange(stream[at..(at + Packet)]);
        }

        return [.. kept];
    }

    private void Pass(HttpPeer server, string name, LiveOptions options, int frames = int.MaxValue)
    {
        options = options with { SegmentSeconds = name.Contains('%', StringComparison.Ordinal) ? 60 : null };
        using ReconnectingSource source = new(LiveInput.Parse(server.Url("live.ts")), options, counts, log.Add);
        SinkOptions encode = SinkOptions.Default with { Sound = source.Sound };
        string output = clips.PathOf(name);
        using IFrameSink sink = LiveOutput.Matches(output, options)
            ? new LiveSink(LiveOutput.Parse(output, options), source.Format, encode, options, counts, log.Add)
            : FrameSinks.Create(output, source, encode);
        FrameSlot slot = new(source.Format);
        for (int i = 0; i < frames && source.TryRead(slot, CancellationToken.None); i++)
            sink.Write(slot, slot.Raw, CancellationToken.None);
        sink.Complete(CancellationToken.None);
    }

    // When the picture turns bright.
    private double[] Flashes(string path)
    {
        string raw = clips.PathOf("gray");
        Clips.Run("ffmpeg", $"-nostdin -v error -y -i {path} -map 0:v -vf scale=1:1 -pix_fmt gray -fps_mode passthrough -f rawvideo {raw}");
        byte[] gray = File.ReadAllBytes(raw);
        double[] times = Numbers(Clips.Probe(path, "-select_streams v -show_entries frame=best_effort_timestamp_time"));
        return [.. times.Select(time => time - times[0]).Where((_, i) => gray[i] > 128 && (i == 0 || gray[i - 1] <= 128))];
    }

    // When it is loud behind a tenth of a second of quiet, counted from the first picture.
    private double[] Beeps(string path)
    {
        string raw = clips.PathOf("sound");
        double first = FirstPicture(path);
        Clips.Run("ffmpeg", $"-nostdin -v error -y -copyts -i {path} -map 0:a -af aresample=8000:async=1:first_pts=0 -ac 1 -f s16le {raw}");
        short[] samples = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(raw)).ToArray();
        List<double> beeps = [];
        int lastLoud = int.MinValue / 2;
        for (int i = 0; i < samples.Length; i++)
        {
            if (Math.Abs((int)samples[i]) < 5000)
                continue;
            if (i - lastLoud > 800)
                beeps.Add((i / 8000.0) - first);
            lastLoud = i;
        }

        return [.. beeps];
    }
}
