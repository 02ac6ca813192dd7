using Realtime.Filter.Errors;
using Realtime.Filter.Video;

namespace Realtime.Viewer.App;

/// <summary>Opens what is to be shown.</summary>
internal static class ViewSource
{
    /// <summary>Opens an input (<see cref="FrameSources.Open"/>) and makes sure that it can begin where it shall.</summary>
    /// <param name="input">The text after -i.</param>
    /// <param name="start">The seconds after --start.</param>
    /// <exception cref="UserErrorException">It is missing or unreadable, or has no such place (<see cref="ExitCode.Usage"/>).</exception>
    public static IFrameSource Open(string input, double start)
    {
        IFrameSource source = FrameSources.Open(input);
        string? fault = start <= 0 ? null : source switch
        {
            not ISeekableSource => $"'{input}' is a stream and cannot seek; leave --start out",
            ISeekableSource { Duration: { } end } when start >= end => FormattableString.Invariant($"'{input}' ends at {end:0.##} s"),
            _ => null,
        };
        if (fault is null)
            return source;
        source.Dispose();
        throw new UserErrorException(ExitCode.Usage, FormattableString.Invariant($"--start {start}: {fault}."));
    }
}
