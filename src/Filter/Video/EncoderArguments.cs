using FFMpegCore;
using FFMpegCore.Arguments;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>
/// The command line of the encoding ffmpeg: input 0 is our pictures as NUT on its standard input, input 1 the original file, from
/// which everything that is not the video picture is copied.
/// </summary>
internal static class EncoderArguments
{
    private const string NoReordering = "-bf:v:0 0";   // AVI has no presentation times, hence no room for B-frames

    private static readonly string[] BitmapSubtitles = ["hdmv_pgs_subtitle", "dvb_subtitle", "xsub"];

    /// <summary>Builds the command line.</summary>
    /// <param name="format">What the pictures are.</param>
    /// <param name="origin">The file that they come from; null for pictures and synthetic scenes.</param>
    /// <param name="finalPath">The output's final name, for its extension and for messages.</param>
    /// <param name="temporaryPath">The name that is written to.</param>
    /// <param name="options">The user's settings.</param>
    /// <param name="ptsShift">What was added to the time stamps to keep them from being negative.</param>
    public static string Build(FrameFormat format, MediaInfo? origin, string finalPath, string temporaryPath, SinkOptions options, long ptsShift)
    {
        RequireRotation(origin, finalPath);
        string codec = EncoderDefaults.Codec(finalPath, options);
        string pixelFormat = PixelFormat(codec, format, origin, options);
        MediaInfo? copied = options.CopyStreams ? origin : null;
        FFMpegArguments arguments = FFMpegArguments
            .FromFileInput("pipe:0", false, input => input.WithCustomArgument($"-copyts {LocalFile.Pipe} -f nut"))
            .WithGlobalOptions(global => global.WithVerbosityLevel(VerbosityLevel.Error));
        if (copied is not null)
            arguments.AddFileInput(FFmpegTool.Escape(Path.GetFullPath(copied.Path)), true, input => input.WithCustomArgument(LocalFile.Options));

        return arguments.OutputToFile(FFmpegTool.Escape(temporaryPath), true, output =>
        {
            output.WithCustomArgument("-map 0:v:0");
            output.WithVideoCodec(codec);
            output.WithCustomArgument(EncoderDefaults.Quality(codec, options));
            output.WithCustomArgument($"-filter:v:0 \"{Filter(format, origin, pixelFormat, ptsShift)}\" {FFmpegTool.Passthrough}");
            output.WithCustomArgument($"-enc_time_base:v:0 {format.TimeBase.Numerator}/{format.TimeBase.Denominator}");
            if (IsMp4(finalPath))
                output.WithCustomArgument($"-video_track_timescale {format.TimeBase.Denominator}");
            output.WithCustomArgument(ContainerOptions(finalPath));
            if (Path.GetExtension(finalPath).Equals(".avi", StringComparison.OrdinalIgnoreCase))
                output.WithCustomArgument(NoReordering);
            if (copied is not null)
                output.WithCustomArgument(CopiedStreams(copied, finalPath));
            if (options.Sound is not null)
                output.WithCustomArgument(EncoderDefaults.Sound(finalPath));
            foreach (string option in options.EncoderOptions)
                output.WithCustomArgument(EncoderOption(option));
            output.WithCustomArgument("-max_muxing_queue_size 4096");
        }).Arguments;
    }

    /// <summary>Makes sure that the container can say how <paramref name="origin"/> is turned.</summary>
    /// <exception cref="UserErrorException">It cannot (usage).</exception>
    public static void RequireRotation(MediaInfo? origin, string finalPath)
    {
        if (origin?.DisplayMatrix is null || IsMp4(finalPath))
            return;
        throw new UserErrorException(
            ExitCode.Usage,
            $"'{origin.Path}' is turned by {origin.Rotation} degrees when it is played, which {Path.GetExtension(finalPath)} cannot say. Write to .mp4 or .mov.");
    }

    /// <summary>Whether the name is of the MP4 family, whose time scale is set by an option.</summary>
    public static bool IsMp4(string path) => Path.GetExtension(path).ToLowerInvariant() is ".mp4" or ".m4v" or ".mov" or ".3gp";

    /// <summary>What the muxer of this extension has to be told.</summary>
    // MPEG muxers delay everything by 1.4 s unless told not to; Matroska would
    // move all streams for an encoder delay in front of the sound.
    public static string ContainerOptions(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".ts" or ".m2ts" or ".mts" or ".mpg" or ".mpeg" => "-muxdelay 0 -muxpreload 0",
        ".mkv" or ".webm" => "-avoid_negative_ts disabled",
        _ => "",
    };

    private static string PixelFormat(string codec, FrameFormat format, MediaInfo? origin, SinkOptions options)
    {
        IReadOnlyList<string> supported = FFmpegTool.PixelFormatsOf(codec);
        if (options.PixelFormat is { } wanted)
        {
            if (supported.Count > 0 && !supported.Contains(wanted))
                throw new UserErrorException(ExitCode.Usage, $"--pix-fmt {wanted}: {codec} takes {string.Join(", ", supported)}.");
            return wanted;
        }

        return PixelFormats.Choose(options.Lossless ? "rgb24" : origin?.PixelFormat, supported, format.Width, format.Height);
    }

    private static string Filter(FrameFormat format, MediaInfo? origin, string pixelFormat, long ptsShift)
    {
        ColorTags colors = origin?.Colors ?? ColorTags.ForNewVideo(format.Height);
        string shift = ptsShift == 0 ? "" : $"setpts=PTS-{ptsShift},";
        string aspect = origin?.SampleAspect is { } ratio ? $",setsar=r={ratio.Replace(':', '/')}:max=65535" : "";
        return shift + colors.FromRgbFilter(pixelFormat, format.Height) + aspect;
    }

    /// <summary>The options that copy all of <paramref name="origin"/>, input 1, but its video picture.</summary>
    /// <exception cref="UserErrorException">The container of <paramref name="path"/> cannot hold its subtitles (usage).</exception>
    public static string CopiedStreams(MediaInfo origin, string path)
    {
        List<string> words = ["-map_metadata 1 -map_chapters 1", $"-map_metadata:s:v:0 1:s:{origin.VideoIndex}"];
        Dictionary<string, int> counts = new() { ["v"] = 1, ["a"] = 0, ["s"] = 0, ["t"] = 0 };
        foreach (MediaStreamInfo stream in origin.Streams)
        {
            string? kind = Kind(stream);
            if (kind is null)
                continue;
            string place = $"{kind}:{counts[kind]++}";
            words.Add($"-map 1:{stream.Index} -map_metadata:s:{place} 1:s:{stream.Index}");
            words.Add($"-c:{place} {(kind == "s" ? SubtitleCodec(stream, path) : "copy")}");
            if (kind == "v")
                words.Add($"-disposition:{place} attached_pic");
        }

        return string.Join(' ', words);
    }

    // Data streams (timecode, telemetry) are left out: no container but their own takes them.
    private static string? Kind(MediaStreamInfo stream) => stream.Kind switch
    {
        "audio" => "a",
        "subtitle" => "s",
        "attachment" => "t",
        "video" when stream.IsPicture => "v",
        _ => null,
    };

    private static string SubtitleCodec(MediaStreamInfo stream, string path)
    {
        if (!IsMp4(path))
            return stream.Codec == "mov_text" ? "srt" : "copy";   // mov_text lives in the MP4 family only
        if (BitmapSubtitles.Contains(stream.Codec))
        {
            throw new UserErrorException(
                ExitCode.Usage, $"The subtitles of the input are pictures ({stream.Codec}), which {Path.GetExtension(path)} cannot hold. Write to .mkv.");
        }

        return stream.Codec is "mov_text" or "dvd_subtitle" ? "copy" : "mov_text";
    }

    /// <summary>The words for an encoder option, "key=value".</summary>
    /// <exception cref="UserErrorException">It is no such pair (usage).</exception>
    public static string EncoderOption(string option)
    {
        int equals = option.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
            throw new UserErrorException(ExitCode.Usage, $"-e {option}: write an encoder option as key=value, as in -e preset=slow.");
        return $"{FFmpegTool.Quote("-" + option[..equals] + ":v:0")} {FFmpegTool.Quote(option[(equals + 1)..])}";
    }
}
