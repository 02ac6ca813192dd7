using System.Globalization;
using FFMpegCore;
using FFMpegCore.Arguments;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>The command line of the ffmpeg child behind a live output. Its input 0 is our pictures as NUT on its standard input.</summary>
internal static class LiveOutputArguments
{
    private const double UsualSegment = 2;          // seconds of an HLS segment: what players are made for
    private const int Listed = 6;                   // HLS segments in the playlist
    private const int Kept = 3;                     // and behind it, for players that are slow
    private const int UsualQuality = 23;
    private const double KeyFrameDistance = 2;      // seconds that a player may have to wait for its first picture

    /// <summary>Builds it.</summary>
    /// <param name="output">Where the pictures go.</param>
    /// <param name="format">What they are.</param>
    /// <param name="encode">The user's settings.</param>
    /// <param name="options">Segments and transport.</param>
    /// <param name="target">The output for the command line: the address without what <paramref name="preset"/> holds.</param>
    /// <param name="preset">The option that names a file with further options; may be empty.</param>
    /// <param name="paced">Whether frames go out no faster than they play.</param>
    /// <exception cref="UserErrorException">This ffmpeg has no such encoder (usage).</exception>
    public static string Build(LiveOutput output, FrameFormat format, SinkOptions encode, LiveOptions options, string target, string preset, bool paced)
    {
        string codec = output.Kind == LiveOutputKind.Device ? "rawvideo" : encode.Codec ?? "libx264";
        string pixelFormat = encode.PixelFormat ?? PixelFormats.Choose("yuv420p", FFmpegTool.PixelFormatsOf(codec), format.Width, format.Height);
        return FFMpegArguments
            .FromFileInput("pipe:0", false, input => input.WithCustomArgument($"{(paced ? "-re " : "")}{LocalFile.Pipe} -f nut"))
            .WithGlobalOptions(global => global.WithVerbosityLevel(VerbosityLevel.Error))
            .OutputToFile(FFmpegTool.Escape(target), true, words =>
            {
                words.WithCustomArgument($"-map 0:v:0 -filter:v:0 \"{ColorTags.ForNewVideo(format.Height).FromRgbFilter(pixelFormat, format.Height)}\" {FFmpegTool.Passthrough}");
                words.WithVideoCodec(codec);
                if (output.Kind != LiveOutputKind.Device)
                    words.WithCustomArgument(Quality(codec, encode, KeyFrames(output, options)));
                if (encode.Sound is not null)
                    words.WithCustomArgument(EncoderDefaults.Sound(output.Address is null ? output.Target : ""));
                foreach (string option in encode.EncoderOptions)
                    words.WithCustomArgument(EncoderArguments.EncoderOption(option));
                words.WithCustomArgument(preset);
                words.WithCustomArgument(Container(output, options));
            }).Arguments;
    }

    // Without frames kept back, and with a key frame at every place where a player or a file may begin.
    private static string Quality(string codec, SinkOptions encode, double keyFrames)
    {
        string quality = codec is "libx264" or "libx265"
            ? $"-crf {encode.Quality ?? UsualQuality} -preset veryfast -tune zerolatency"
            : EncoderDefaults.Quality(codec, encode);
        return string.Create(CultureInfo.InvariantCulture, $"{quality} -bf 0 -force_key_frames expr:gte(t,n_forced*{keyFrames})");
    }

    private static double KeyFrames(LiveOutput output, LiveOptions options) => output.Kind switch
    {
        LiveOutputKind.Hls => options.SegmentSeconds ?? UsualSegment,
        LiveOutputKind.Segments => options.SegmentSeconds!.Value,
        _ => KeyFrameDistance,
    };

    private static string Container(LiveOutput output, LiveOptions options)
    {
        string seconds = KeyFrames(output, options).ToString(CultureInfo.InvariantCulture);
        switch (output.Kind)
        {
            case LiveOutputKind.Device:
                return "-f v4l2";
            case LiveOutputKind.Hls:
                // "temp_file": a segment, and the playlist, gets its name when it is whole.
                string names = Path.ChangeExtension(output.Target, null).Replace("%", "%%", StringComparison.Ordinal) + "-%09d.ts";
                return $"-f hls -hls_time {seconds} -hls_list_size {Listed} -hls_delete_threshold {Kept} -hls_flags delete_segments+temp_file+independent_segments -hls_segment_filename {FFmpegTool.Quote(names)}";
            case LiveOutputKind.Segments:
                return $"-f segment -segment_time {seconds} -segment_start_number {SegmentNames.Next(output.Target)} -reset_timestamps 1 {SegmentFiles.Options}";
            default:
                return output.Address!.Scheme switch
                {
                    "rtsp" => $"-f rtsp -rtsp_transport {(options.RtspOverUdp ? "udp" : "tcp")}",
                    "rtmp" or "rtmps" => "-f flv -flvflags no_duration_filesize",
                    "rtp" => "-f rtp_mpegts",
                    _ => "-f mpegts -muxdelay 0",
                };
        }
    }
}
