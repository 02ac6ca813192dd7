using Realtime.Filter.Errors;

namespace Realtime.Filter.Video;

/// <summary>The encoder and its settings where the user names none.</summary>
internal static class EncoderDefaults
{
    private const int X264Quality = 16;   // visually lossless; an attack of 8/255 is well above what it changes

    /// <summary>The encoder for a file extension.</summary>
    public static string Codec(string path, SinkOptions options) => options.Codec ?? Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".mkv" or ".nut" or ".avi" when options.Lossless => "ffv1",
        ".nut" => "ffv1",
        ".mp4" or ".m4v" or ".mov" or ".mkv" or ".ts" or ".m2ts" or ".flv" or ".avi" or ".3gp" when !options.Lossless => "libx264",
        ".mp4" or ".m4v" or ".mov" => "libx264rgb",
        ".webm" => "libvpx-vp9",
        ".ogv" => "libtheora",
        ".mpg" or ".mpeg" => "mpeg2video",
        _ => throw new UserErrorException(
            ExitCode.Usage,
            $"No encoder is known for '{Path.GetFileName(path)}'{(options.Lossless ? " without loss" : "")}: use .mp4, .mkv, .mov, .webm or .nut, or name one with --codec."),
    };

    /// <summary>The options that encode the sound beside the pictures, for a file extension or for a stream.</summary>
    public static string Sound(string path) => "-map 0:a:0 -c:a " + Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".webm" => "libopus",
        ".ogv" => "libvorbis",
        ".mpg" or ".mpeg" => "mp2",
        ".nut" or ".avi" => "pcm_s16le",
        _ => "aac",
    };

    /// <summary>The quality options of an encoder, as command-line words.</summary>
    public static string Quality(string codec, SinkOptions options)
    {
        switch (codec)
        {
            case "libx264" or "libx264rgb" or "libx265":
                string quality = $"-crf {(options.Lossless ? 0 : options.Quality ?? X264Quality)} -preset fast";
                return codec == "libx265" ? quality + " -x265-params log-level=error" : quality;
            case "libvpx-vp9":
                return $"-crf {options.Quality ?? 20} -b:v 0 -row-mt 1 -cpu-used 4{(options.Lossless ? " -lossless 1" : "")}";
            case "libsvtav1" or "libaom-av1":
                return $"-crf {options.Quality ?? 20}";
            case "ffv1":
                return "-level 3 -slicecrc 1";
            case "mpeg4" or "mpeg2video" or "mjpeg" or "libtheora":
                return $"-q:v {options.Quality ?? 2}";
            default:
                return options.Quality is { } value ? $"-crf {value}" : "";
        }
    }
}
