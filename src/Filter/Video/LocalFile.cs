namespace Realtime.Filter.Video;

/// <summary>
/// The options, in front of every input of an ffmpeg child, that keep it to that input: a local file may open no address and, being a playlist or
/// a script, no other file; a pipe may open nothing at all.
/// </summary>
internal static class LocalFile
{
    // Formats that are a list of other files or addresses. Capture devices are none of ffmpeg's guesses about a file.
    private static readonly string[] Lists = ["hls", "applehttp", "concat", "concatf", "dash", "imf", "sdp", "rtsp", "rtp", "sap"];

    private static readonly Lazy<string> Whitelists = new(() => $"-protocol_whitelist file -format_whitelist {string.Join(',', Formats())}");

    /// <summary>For a file that the user named.</summary>
    public static string Options => Whitelists.Value;

    /// <summary>For NUT or y4m on standard input.</summary>
    public static string Pipe => "-protocol_whitelist pipe";

    /// <summary>For a list of segments that we wrote ourselves.</summary>
    public static string Segments => "-protocol_whitelist file";

    /// <summary>Whether a line of ffmpeg's says that the file's format is not allowed.</summary>
    public static bool IsRefused(string line) => line.Contains("Format not on whitelist", StringComparison.Ordinal);

    // "Known ones but lists" rather than a list of ours, so that every format that this ffmpeg reads is still read.
    private static IEnumerable<string> Formats() => FFmpegTool.Demuxers.Where(names => !names.Split(',').Any(Lists.Contains));
}
