using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using FFMpegCore;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Video;

/// <summary>Facts about the installed ffmpeg, asked once per process.</summary>
internal static class FFmpegTool
{
    private static readonly Lazy<Version> InstalledVersion = new(ReadVersion);
    private static readonly Lazy<IReadOnlyList<string>> KnownDemuxers = new(ReadDemuxers);
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> EncoderFormats = new();

    /// <summary>The containers and formats that it reads: a demuxer's names each, comma-separated.</summary>
    public static IReadOnlyList<string> Demuxers => KnownDemuxers.Value;

    /// <summary>The ffmpeg binary: a path, or a name to look up on PATH.</summary>
    public static string FFmpeg => GlobalFFOptions.GetFFMpegBinaryPath();

    /// <summary>The ffprobe binary.</summary>
    public static string FFprobe => GlobalFFOptions.GetFFProbeBinaryPath();

    /// <summary>The installed version; a development build counts as newer than any release.</summary>
    public static Version Version => InstalledVersion.Value;

    /// <summary>The option that passes every frame on with its own time stamp.</summary>
    public static string Passthrough => Version >= new Version(5, 1) ? "-fps_mode passthrough" : "-vsync passthrough";

    /// <summary>The pixel formats that an encoder takes; empty where it takes any.</summary>
    /// <exception cref="UserErrorException">This ffmpeg has no such encoder.</exception>
    public static IReadOnlyList<string> PixelFormatsOf(string encoder) => EncoderFormats.GetOrAdd(encoder, ReadPixelFormats);

    /// <summary>Quotes one argument for a command line that .NET splits into words.</summary>
    public static string Quote(string argument) => $"\"{Escape(argument)}\"";

    /// <summary>Escapes an argument that somebody else (FFMpegCore) puts between quotes.</summary>
    public static string Escape(string argument)
    {
        StringBuilder text = new();
        int backslashes = 0;
        foreach (char letter in argument)
        {
            // Backslashes stand for themselves, except in front of a quote.
            if (letter == '"')
                text.Append('\\', backslashes + 1);
            text.Append(letter);
            backslashes = letter == '\\' ? backslashes + 1 : 0;
        }

        return text.Append('\\', backslashes).ToString();
    }

    private static Version ReadVersion()
    {
        string text = FFmpegProcess.Run(FFmpeg, "-version", out _);
        string[] words = text.Split(' ', 4);
        string number = words.Length > 2 ? new string([.. words[2].TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.')]) : "";
        string[] parts = number.Split('.');
        return int.TryParse(parts[0], CultureInfo.InvariantCulture, out int major)
            ? new Version(major, parts.Length > 1 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out int minor) ? minor : 0)
            : new Version(99, 0);
    }

    // Below a line of dashes, " D  mov,mp4,m4a  QuickTime / MOV" each; newer versions mark devices with a "d" behind the "D".
    private static IReadOnlyList<string> ReadDemuxers()
    {
        string text = FFmpegProcess.Run(FFmpeg, "-hide_banner -demuxers", out _);
        return
        [
            .. text.Split('\n').SkipWhile(line => line.Trim() != "--").Skip(1)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 1 && words[0] == "D")
                .Select(words => words[1] == "d" ? words[2] : words[1]),
        ];
    }

    private static IReadOnlyList<string> ReadPixelFormats(string encoder)
    {
        const string Label = "Supported pixel formats:";
        string text = FFmpegProcess.Run(FFmpeg, $"-hide_banner -h {Quote("encoder=" + encoder)}", out _);
        if (!text.Contains($"Encoder {encoder} ", StringComparison.Ordinal))
        {
            throw new UserErrorException(
                ExitCode.Usage, $"--codec {encoder}: this ffmpeg has no such video encoder. 'ffmpeg -encoders' lists them; libx264 and ffv1 are usual.");
        }

        string? line = text.Split('\n').FirstOrDefault(candidate => candidate.Contains(Label, StringComparison.Ordinal));
        return line is null ? [] : line[(line.IndexOf(Label, StringComparison.Ordinal) + Label.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
