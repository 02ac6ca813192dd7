using Realtime.Filter.Frames;
using Realtime.Filter.Video;
using Realtime.Filter.Video.Nut;

namespace Realtime.Filter.Tests.Video;

public sealed class SoundTrackTests
{
    private readonly SoundTrack track = new();

    [Fact]
    public void What_is_written_is_taken_in_order_and_up_to_the_limit()
    {
        track.Write(0, Samples(0, 1000));
        track.Write(1000, Samples(1000, 500));

        Assert.Equal(Samples(0, 1200), Take(1200));
        Assert.Equal(Samples(1200, 300), Take(10_000));
        Assert.Empty(Take(10_000));
        Assert.Equal((1500L, TimeSpan.Zero), (track.Newest, track.Lost));
    }

    [Fact]
    public void A_gap_is_silence_and_a_rounded_time_stamp_is_none()
    {
        track.Write(0, Samples(0, 100));
        track.Write(101, Samples(100, 100));        // a sample off
        track.Write(5000, Samples(200, 100));

        Assert.Equal([.. Samples(0, 200), .. new byte[4800 * SoundTrack.SampleBytes], .. Samples(200, 100)], Take(10_000));
    }

    [Fact]
    public void What_comes_too_late_is_lost_and_counted()
    {
        track.Write(48_000, Samples(0, 4800));
        track.Write(48_000, Samples(0, 7200));      // 4800 of them once more

        Assert.Equal(0.1, track.Lost.TotalSeconds, 6);
        Assert.Equal(55_200, track.Newest);
    }

    [Fact]
    public void What_nobody_takes_is_overwritten_and_counted()
    {
        for (int second = 0; second < 25; second++)
            track.Write(second * 48_000, Samples(second, 48_000));

        Assert.Equal(15, track.Lost.TotalSeconds, 6);
        Assert.Equal(Samples(15, 48_000), Take(16 * 48_000));
        track.SkipTo(20 * 48_000);
        Assert.Equal(19, track.Lost.TotalSeconds, 6);
        Assert.Equal(Samples(20, 48_000), Take(21 * 48_000));
    }

    [Fact]
    public void A_leap_of_hours_costs_no_more_than_the_sound_that_waited()
    {
        track.Write(0, Samples(0, 480));
        track.Write(48_000L * 86_400, Samples(1, 480));

        Assert.Equal(0.01, track.Lost.TotalSeconds, 6);
        Assert.Equal(Samples(1, 480), Take(long.MaxValue)[^(480 * SoundTrack.SampleBytes)..]);
    }

    [Fact]
    public void An_encoder_gets_sound_up_to_the_picture_and_silence_where_none_comes()
    {
        using Clips clips = new();
        FrameFormat format = new(8, 6, new TimeBase(1, 90000), 25, null);
        string path = clips.PathOf("both.nut");
        track.Write(0, Samples(0, 48_000));         // a second before the encoder is there
        using (FileStream stream = File.Create(path))
        {
            NutWriter writer = new(stream, format, (25, 1), hasSound: true);
            SoundFeed feed = new(track, format.TimeBase, origin: 45_000);
            for (int i = 0; i < 75; i++)
            {
                feed.WriteTo(writer, i * 3600);
                writer.Write(i * 3600, new byte[format.ByteCount]);
            }
        }

        Assert.Equal(75, Clips.Packets(path));
        Clips.Run("ffmpeg", $"-v error -i {path} -map 0:a -f s16le {clips.PathOf("raw")}");
        byte[] heard = File.ReadAllBytes(clips.PathOf("raw"));
        Assert.Equal(Samples(0, 48_000)[(24_000 * SoundTrack.SampleBytes)..], heard[..(24_000 * SoundTrack.SampleBytes)]);
        Assert.Equal(74 * 1920 * SoundTrack.SampleBytes, heard.Length);     // up to the last picture
        Assert.All(heard[(24_000 * SoundTrack.SampleBytes)..], value => Assert.Equal(0, value));
        Assert.Equal(0.5, track.Lost.TotalSeconds, 6);
    }

    private static byte[] Samples(int from, int count)
    {
        byte[] samples = new byte[count * SoundTrack.SampleBytes];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (byte)(1 + ((from + (i / SoundTrack.SampleBytes)) % 250));
        return samples;
    }

    private byte[] Take(long limit)
    {
        List<byte> all = [];
        byte[] some = new byte[4000];
        while (track.Take(some, limit, out _) is > 0 and int length)
            all.AddRange(some[..length]);
        return [.. all];
    }
}
