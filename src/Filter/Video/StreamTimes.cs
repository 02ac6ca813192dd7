using System.Globalization;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>The time stamps of one stream.</summary>
/// <param name="Pts">Presentation times of what a player shows, ascending, in the stream's time base; shorter where the container has none.</param>
/// <param name="Total">All packets, also those that an edit list hides.</param>
/// <param name="HasPts">Whether every packet shown has a presentation time (AVI has decoding times only).</param>
internal sealed record StreamTimes(IReadOnlyList<long> Pts, int Total, bool HasPts)
{
    private const double TailSeconds = 2;

    /// <summary>Reads the packets of stream <paramref name="index"/>, without decoding.</summary>
    public static StreamTimes OfPackets(MediaInfo media, int index, CancellationToken cancellation) =>
        Parse(Probe(media, index, "packet=pts,flags", "", cancellation));

    /// <summary>Decodes stream <paramref name="index"/>: slower, but exactly what a player shows.</summary>
    public static StreamTimes OfFrames(MediaInfo media, int index, CancellationToken cancellation) =>
        Parse(Probe(media, index, "frame=best_effort_timestamp", "", cancellation));

    /// <summary>The nominal rate of a stream, such that 1 / rate is the duration of its last frame.</summary>
    /// <remarks>Time stamps say how long every frame is shown but the last one, and with a variable rate the average does not say it either.</remarks>
    public static (int Numerator, int Denominator) LastRate(MediaInfo media)
    {
        if (LastDuration(media) is not { } duration)
            return media.FrameRate;
        TimeBase unit = media.TimeBase;
        double average = (double)unit.Denominator * media.FrameRate.Denominator / ((double)unit.Numerator * media.FrameRate.Numerator);
        // Within a tick of the average, the average is the exact one: 33 ms of a Matroska file are 1001/30000 s.
        if (Math.Abs(average - duration) <= 1 || duration * unit.Numerator > int.MaxValue)
            return media.FrameRate;
        return (unit.Denominator, (int)duration * unit.Numerator);
    }

    private static long? LastDuration(MediaInfo media)
    {
        if (media.Seconds is not { } seconds)
            return null;
        double from = Math.Max(0, media.StartSeconds + seconds - TailSeconds);
        string interval = string.Create(CultureInfo.InvariantCulture, $"-read_intervals {from:F3}%");
        long? last = null;
        foreach (ReadOnlySpan<char> line in Probe(media, media.VideoIndex, "packet=duration", interval, default).AsSpan().EnumerateLines())
        {
            if (long.TryParse(line.TrimEnd(','), CultureInfo.InvariantCulture, out long duration) && duration > 0)
                last = duration;
        }

        return last;
    }

    private static string Probe(MediaInfo media, int index, string entries, string options, CancellationToken cancellation)
    {
        string text = FFmpegProcess.Run(
            FFmpegTool.FFprobe,
            $"-v error -select_streams {index} {options} -show_entries {entries} -of csv=p=0 {LocalFile.Options} -i {FFmpegTool.Quote(Path.GetFullPath(media.Path))}",
            out FFmpegResult result,
            cancellation);
        return result.ExitCode == 0 ? text : throw new UserErrorException(ExitCode.Failed, $"'{media.Path}' cannot be read: {result.Cause}.");
    }

    private static StreamTimes Parse(string text)
    {
        List<long> shown = [];
        int total = 0;
        bool hasPts = true;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            int comma = line.IndexOf(',');
            ReadOnlySpan<char> pts = comma < 0 ? line : line[..comma];
            if (pts.IsWhiteSpace())
                continue;
            total++;
            // 'D' marks a packet that is decoded but not shown.
            if (comma >= 0 && line[comma..].Contains('D'))
                continue;
            if (long.TryParse(pts, CultureInfo.InvariantCulture, out long value))
                shown.Add(value);
            else
                hasPts = false;
        }

        shown.Sort();
        return new StreamTimes(shown, total, hasPts);
    }
}
