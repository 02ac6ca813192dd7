using Realtime.Filter.Errors;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>
/// Keeps secrets of an output's address off ffmpeg's command line, where it can: options that stand in the address go into a preset file that only this user can read,
/// and that is removed with the child. A user and password in front of the host must stay in the address.
/// </summary>
internal sealed class OutputSecrets : IDisposable
{
    private readonly DirectoryInfo? folder;     // readable for this user alone

    /// <summary>Takes the address apart and writes the file, if there is anything for it.</summary>
    public OutputSecrets(LiveAddress address)
    {
        string url = address.Url;
        List<string> lines = [];
        if (address.Scheme is "srt")
            url = TakeQuery(url, lines);
        else if (address.Scheme is "rtmp" or "rtmps")
            url = TakeKey(url, lines);
        Url = url;
        if (lines.Count == 0)
            return;
        folder = Directory.CreateTempSubdirectory("realtime-");
        Option = $"-fpre {FFmpegTool.Quote(Path.Combine(folder.FullName, "output"))}";
        File.WriteAllLines(Path.Combine(folder.FullName, "output"), lines);
    }

    /// <summary>The address for the command line.</summary>
    public string Url { get; }

    /// <summary>The option that reads the file; empty without one.</summary>
    public string Option { get; } = "";

    /// <summary>What anybody on this machine can read while the stream runs; null for nothing.</summary>
    public static string? Warning(LiveAddress address) => address.HasUser
        ? $"{address.Name}: ffmpeg has no other place for the user and password of an output than its command line: every user of this machine can read them in the process list."
        : null;

    /// <inheritdoc/>
    public void Dispose() => folder?.Delete(recursive: true);

    // All options of SRT are options of ffmpeg's protocol too, under the same names.
    private static string TakeQuery(string url, List<string> lines)
    {
        int query = url.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
            return url;
        foreach (string pair in url[(query + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            if (parts.Length != 2)
                throw new UserErrorException(ExitCode.Usage, "-o srt://...: the options behind the ? are key=value, joined by &.");
            lines.Add($"{parts[0]}={Uri.UnescapeDataString(parts[1])}");
        }

        return url[..query];
    }

    // rtmp://host/app/key: the key is what opens somebody's channel.
    private static string TakeKey(string url, List<string> lines)
    {
        int path = url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3), key = url.LastIndexOf('/');
        if (path < 0 || key <= path || key == url.Length - 1)
            return url;
        lines.Add($"rtmp_app={url[(path + 1)..key]}");
        lines.Add($"rtmp_playpath={url[(key + 1)..]}");
        return url[..key];
    }
}
