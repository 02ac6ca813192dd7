using System.Diagnostics;
using Realtime.Filter.Errors;
using Realtime.Filter.Live;
using Realtime.Filter.Tests.Video;

namespace Realtime.Filter.Tests.Live;

/// <summary>Sources that end, stall, break, change and jump, behind an HTTP server that does what a test says.</summary>
public sealed class ReconnectTests : IDisposable
{
    /// <summary>Times that the source is killed; a few where it is not set.</summary>
    private const string RoundsVariable = "REALTIME_RECONNECT_ROUNDS";

    // Waits of seconds take a fiftieth; a stall of 500 s is one of 10 s, longer than a busy machine needs to start a child.
    private static readonly FastTime Fast = new(50);
    private static readonly LiveOptions Options = new() { StallTimeout = TimeSpan.FromSeconds(500) };

    // ffmpeg looks at a stream for up to five seconds of it before it says what it is.
    private const int Known = 200;

    private readonly Clips clips = new();

    public void Dispose() => clips.Dispose();

    [Fact]
    public void A_source_that_is_killed_again_and_again_loses_no_frame_that_it_sent()
    {
        int rounds = int.Parse(Environment.GetEnvironmentVariable(RoundsVariable) ?? "3");
        byte[] body = clips.Stream();
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));

        Reading reading = new Reading().Run(server.Url("live.ts"), Options, LiveClips.Frames * (rounds + 1), Fast);

        Assert.Equal(LiveClips.Frames * (rounds + 1), reading.Counts.In);
        Assert.Equal(rounds, reading.Counts.SourceReconnects);
        Assert.Equal(rounds + 1, server.Requests);
        AssertRising(reading);
        Assert.Equal(reading.Pictures[0], reading.Pictures[LiveClips.Frames]);     // each connection begins at the same picture
        Assert.Equal(rounds, reading.Log.Count(line => line.Contains("back, h264 64x48", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_server_that_is_away_for_a_while_is_asked_again_and_again()
    {
        byte[] body = clips.Stream();
        using HttpPeer server = new((request, _) => request is > 0 and < 4 ? null : new HttpPeer.Answer(body));

        Reading reading = new Reading().Run(server.Url("live.ts"), Options, LiveClips.Frames * 2, Fast);

        Assert.Equal(1, reading.Counts.SourceReconnects);
        Assert.Equal(5, server.Requests);
        Assert.Equal(3, reading.Log.Count(line => line.Contains("404", StringComparison.Ordinal)));
        AssertRising(reading);
    }

    [Fact]
    public void A_source_that_stalls_is_replaced()
    {
        byte[] body = clips.Stream(frames: Known);
        using HttpPeer server = new((request, _) => new HttpPeer.Answer(body, ThenSilent: request == 0));

        Reading reading = new Reading().Run(server.Url("live.ts"), Options, Known + 10, Fast);

        Assert.Contains(reading.Log, line => line.Contains("no frame for 500 s", StringComparison.Ordinal));
        Assert.Equal(1, reading.Counts.SourceReconnects);
        AssertRising(reading);
    }

    [Fact]
    public void It_gives_up_when_told_to()
    {
        byte[] body = clips.Stream();
        using HttpPeer server = new((request, _) => request == 0 ? new HttpPeer.Answer(body) : null);
        Reading reading = new();

        UserErrorException error = Assert.Throws<UserErrorException>(
            () => reading.Run(server.Url("live.ts"), Options with { ReconnectFor = TimeSpan.FromSeconds(60) }, time: Fast));

        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.Contains("did not come back within 60 s", error.Message, StringComparison.Ordinal);
        Assert.Equal(LiveClips.Frames, reading.Counts.In);
    }

    [Fact]
    public void Without_reconnecting_the_end_of_the_source_is_the_end()
    {
        byte[] body = clips.Stream();
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));

        Reading reading = new Reading().Run(server.Url("live.ts"), Options with { ReconnectFor = TimeSpan.Zero });

        Assert.Equal((LiveClips.Frames, 1), (reading.Pts.Count, server.Requests));
    }

    [Fact]
    public void A_source_that_comes_back_larger_is_scaled_to_the_size_it_had()
    {
        byte[] first = clips.Stream(), second = clips.Stream("second.ts", "128x64", "-pix_fmt yuv444p");
        using HttpPeer server = new((request, _) => new HttpPeer.Answer(request == 0 ? first : second));

        Reading reading = new Reading().Run(server.Url("live.ts"), Options, LiveClips.Frames * 2, Fast);

        AssertFits(reading.Pictures[^1]);
        Assert.Contains(reading.Log, line => line.Contains("128x64 yuv444p", StringComparison.Ordinal) && line.Contains("scaled to 64x48", StringComparison.Ordinal));
    }

    [Fact]
    public void A_size_that_changes_within_the_stream_is_scaled_too()
    {
        byte[] body = [.. clips.Stream(), .. clips.Stream("second.ts", "128x64", "-output_ts_offset 1")];
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));

        Reading reading = new Reading().Run(server.Url("live.ts"), Options with { ReconnectFor = TimeSpan.Zero });

        Assert.InRange(reading.Pts.Count, (LiveClips.Frames * 2) - 2, LiveClips.Frames * 2);
        AssertFits(reading.Pictures[^1]);
        AssertRising(reading);
    }

    [Theory]
    [InlineData("-output_ts_offset 4000")]
    [InlineData("")]        // from the start again: the clock runs backwards
    public void A_clock_that_jumps_loses_no_frame_and_time_goes_on(string offset)
    {
        byte[] body = [.. clips.Stream(more: "-output_ts_offset 100"), .. clips.Stream("second.ts", more: offset)];
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));

        foreach (string user in new[] { "", "user:secret@" })
        {
            Reading reading = new Reading().Run(server.Url("live.ts", user), Options with { ReconnectFor = TimeSpan.Zero });

            Assert.InRange(reading.Pts.Count, (LiveClips.Frames * 2) - 2, LiveClips.Frames * 2);
            AssertRising(reading);
            Assert.InRange(reading.Pts[^1], 0, 90000 * 10);     // seconds, not the hour of the jump
        }
    }

    [Fact]
    public void Bits_that_flip_on_the_way_end_nothing()
    {
        byte[] body = clips.Stream(frames: 100);
        Random random = new(1);
        for (int i = 0; i < body.Length / 500; i++)
            body[random.Next(body.Length / 4, body.Length)] ^= (byte)(1 << random.Next(8));
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));

        Reading reading = new Reading().Run(server.Url("live.ts"), Options with { ReconnectFor = TimeSpan.Zero });

        Assert.InRange(reading.Pts.Count, 30, 101);
        Assert.Equal(reading.Pts.Count, reading.Counts.In);
        AssertRising(reading);
    }

    [Fact]
    public void Sound_alone_is_an_error_that_says_so()
    {
        byte[] body = File.ReadAllBytes(clips.Make("sound.ts", "-f lavfi -i sine=d=2 -c:a aac {out}"));
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));

        UserErrorException error = Assert.Throws<UserErrorException>(() => new Reading().Run(server.Url("radio.ts"), Options, time: Fast));

        Assert.Contains("it has no video stream, sound alone cannot be purified", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_wrong_is_seen_at_once()
    {
        using HttpPeer server = new((_, _) => null);

        UserErrorException error = Assert.Throws<UserErrorException>(() => new Reading().Run(server.Url("nothing.ts", "user:secret99@"), Options, time: Fast));

        Assert.Contains("http://***@127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("404", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret99", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public void No_process_of_ours_shows_the_password()
    {
        byte[] body = clips.Stream(frames: Known);
        string? seen;
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body, ThenSilent: true));
        Reading reading = new();

        using (ReconnectingSource source = new(LiveInput.Parse(server.Url("live.ts", "user:secret1234@")), Options, reading.Counts, reading.Log.Add))
            seen = string.Join('\n', Process.GetProcessesByName("ffmpeg").Select(CommandLine));

        Assert.Contains("-f concat", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("secret1234", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(reading.Log, line => line.Contains("secret1234", StringComparison.Ordinal));
    }

    private static string CommandLine(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";      // it has just ended
        }
    }

    private static void AssertRising(Reading reading)
    {
        for (int i = 1; i < reading.Pts.Count; i++)
            Assert.True(reading.Pts[i] > reading.Pts[i - 1], $"frame {i}: {reading.Pts[i]} after {reading.Pts[i - 1]}");
    }

    // 128x64 in 64x48: 64x32 with 8 black rows above and below.
    private static void AssertFits(byte[] picture)
    {
        Assert.Equal(64 * 48 * 3, picture.Length);
        Assert.All(picture[..(8 * 64 * 3)], value => Assert.Equal(0, value));
        Assert.Contains(picture[(8 * 64 * 3)..(40 * 64 * 3)], value => value > 100);
    }
}
