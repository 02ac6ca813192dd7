using System.Text.RegularExpressions;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Video;

/// <summary>How an ffmpeg or ffprobe run ended.</summary>
/// <param name="ExitCode">The process's exit code.</param>
/// <param name="Errors">The last lines of its standard error.</param>
internal sealed partial record FFmpegResult(int ExitCode, IReadOnlyList<string> Errors)
{
    /// <summary>The line that says most about the cause, without ffmpeg's "[mov @ 0x55...]" and file names in front.</summary>
    public string Cause => CauseOf(Errors);

    /// <summary>See <see cref="Cause"/>.</summary>
    public static string CauseOf(IReadOnlyList<string> errors)
    {
        if (errors.Count == 0)
            return "ffmpeg gave no reason";
        // The first lines name the cause, what follows are its consequences; a full disk is named wherever it stands.
        string line = errors.FirstOrDefault(IsDiskFull) ?? errors[0];
        return Prefix().Replace(line, "");
    }

    /// <summary>Whether a line of ffmpeg's says that the disk is full.</summary>
    public static bool IsDiskFull(string line) => line.Contains("No space left on device", StringComparison.Ordinal);

    private static bool IsBrokenPipe(string line) => line.Contains("Broken pipe", StringComparison.Ordinal);

    /// <summary>Whether a line of ffmpeg's says that something could not be written; it ends with 0 even where the last write failed.</summary>
    public static bool IsWriteError(string line) =>
        IsDiskFull(line) || line.Contains("Error writing trailer", StringComparison.Ordinal) || line.Contains("Failure occurred when ending segment", StringComparison.Ordinal) || line.Contains("av_interleaved_write_frame", StringComparison.Ordinal);

    /// <summary>What to tell the user where <paramref name="name"/> could not be written.</summary>
    public static UserErrorException CannotEncode(string name, IReadOnlyList<string> errors, Exception? inner = null) => errors.Any(IsDiskFull)
        ? DiskFull(name, inner)
        : new(Realtime.Filter.Errors.ExitCode.Failed, errors.Any(IsBrokenPipe) ? $"'{name}' cannot be written: whoever reads it has closed it." : $"'{name}' cannot be encoded: {CauseOf(errors)}.", inner);

    /// <summary>What to tell the user where there is no room for <paramref name="name"/>.</summary>
    public static UserErrorException DiskFull(string name, Exception? inner = null) => new(
        Realtime.Filter.Errors.ExitCode.Failed, $"'{name}' cannot be written: the disk is full. Free some space or write elsewhere.", inner);

    [GeneratedRegex(@"^\[[^\]]*@ 0x[0-9a-f]+\]\s*")]
    private static partial Regex Prefix();
}
