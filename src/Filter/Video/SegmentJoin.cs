using System.Globalization;
using System.Text;
using FFMpegCore;
using FFMpegCore.Arguments;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>
/// Puts the segments of <see cref="SegmentSink"/> together: their packets are copied, and with them everything of the original that is not the
/// video picture. The bytes depend on the segments and the original only.
/// </summary>
internal static class SegmentJoin
{
    private const int MicrosecondsPerSecond = 1_000_000;   // the unit of ffmpeg's list of segments

    /// <summary>Whether times in this unit survive ffmpeg's list of segments, whose own unit is a microsecond.</summary>
    public static bool CanJoin(TimeBase unit) => unit.Seconds(1) >= 2.0 / MicrosecondsPerSecond;

    /// <summary>Joins.</summary>
    /// <param name="segments">Name of each segment in the folder of <paramref name="listPath"/>, and the time stamp of its first frame in the original.</param>
    /// <param name="listPath">A file that is written for ffmpeg.</param>
    /// <param name="origin">The original.</param>
    /// <param name="finalPath">The output's final name, for its extension and for messages.</param>
    /// <param name="path">The file that is written.</param>
    /// <param name="options">The user's settings.</param>
    /// <param name="rate">See <see cref="StreamTimes.LastRate"/>.</param>
    /// <param name="cancellation">Ends ffmpeg.</param>
    /// <exception cref="Errors.UserErrorException">The file cannot be written.</exception>
    public static void Run(
        IReadOnlyList<(string Name, long FirstPts)> segments,
        string listPath,
        MediaInfo origin,
        string finalPath,
        string path,
        SinkOptions options,
        (int Numerator, int Denominator) rate,
        CancellationToken cancellation)
    {
        File.WriteAllText(listPath, List(segments, origin.TimeBase));
        string arguments = Arguments(listPath, origin, finalPath, path, options, rate, segments[0].FirstPts);
        FFmpegProcess.Run(FFmpegTool.FFmpeg, arguments, out FFmpegResult result, cancellation);
        if (result.ExitCode != 0 || result.Errors.Any(FFmpegResult.IsWriteError))
            throw FFmpegResult.CannotEncode(finalPath, result.Errors);
        if (origin.DisplayMatrix is { } matrix)
            Mp4DisplayMatrix.Write(path, matrix);
    }

    /// <summary>The command line; also made ahead, because it refuses what the container cannot hold.</summary>
    /// <exception cref="Errors.UserErrorException">The container cannot hold the original's subtitles or rotation (usage).</exception>
    public static string Arguments(
        string listPath, MediaInfo origin, string finalPath, string path, SinkOptions options, (int Numerator, int Denominator) rate, long firstPts)
    {
        EncoderArguments.RequireRotation(origin, finalPath);
        string offset = $"-itsoffset {Microseconds(firstPts, origin.TimeBase)}us";
        FFMpegArguments arguments = FFMpegArguments
            .FromFileInput(FFmpegTool.Escape(listPath), false, input => input.WithCustomArgument($"-nostdin -copyts {offset} {LocalFile.Segments} -f concat -safe 0"))
            .WithGlobalOptions(global => global.WithVerbosityLevel(VerbosityLevel.Error));
        if (options.CopyStreams)
            arguments.AddFileInput(FFmpegTool.Escape(Path.GetFullPath(origin.Path)), true, input => input.WithCustomArgument(LocalFile.Options));
        return arguments.OutputToFile(FFmpegTool.Escape(path), true, output =>
        {
            // "color_range": QuickTime files have no place for it. "bitexact": without it Matroska files carry random numbers.
            output.WithCustomArgument($"-map 0:v:0 -c:v:0 copy -color_range:v:0 {origin.Colors.Range} {Durations(origin.TimeBase, rate)} -fflags +bitexact");
            if (EncoderArguments.IsMp4(finalPath))
                output.WithCustomArgument($"-video_track_timescale {origin.TimeBase.Denominator}");
            output.WithCustomArgument(EncoderArguments.ContainerOptions(finalPath));
            if (options.CopyStreams)
                output.WithCustomArgument(EncoderArguments.CopiedStreams(origin, finalPath));
            output.WithCustomArgument("-max_muxing_queue_size 4096");
        }).Arguments;
    }

    // ffmpeg's list of segments forgets how long a frame is shown. Time stamps say it again, but not for the last one. Before 5.0 there is no
    // such filter; clips of a variable rate then fail their check.
    private static string Durations(TimeBase unit, (int Numerator, int Denominator) rate)
    {
        if (FFmpegTool.Version < new Version(5, 0))
            return "";
        long ticks = Math.Max(1, (long)Math.Round((decimal)unit.Denominator * rate.Denominator / rate.Numerator));
        return string.Create(CultureInfo.InvariantCulture, $"-bsf:v:0 setts=pts=PTS:dts=DTS:duration={ticks}");
    }

    // Every segment lasts until the next one begins; differences of rounded times, so that nothing adds up.
    private static string List(IReadOnlyList<(string Name, long FirstPts)> segments, TimeBase unit)
    {
        StringBuilder list = new("ffconcat version 1.0\n");
        for (int i = 0; i < segments.Count; i++)
        {
            list.Append(CultureInfo.InvariantCulture, $"file {segments[i].Name}\n");
            if (i + 1 < segments.Count)
                list.Append(CultureInfo.InvariantCulture, $"duration {Microseconds(segments[i + 1].FirstPts, unit) - Microseconds(segments[i].FirstPts, unit)}us\n");
        }

        return list.ToString();
    }

    private static long Microseconds(long pts, TimeBase unit) => (long)Math.Round((decimal)pts * unit.Numerator * MicrosecondsPerSecond / unit.Denominator);
}
