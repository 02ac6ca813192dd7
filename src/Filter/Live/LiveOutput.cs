using Realtime.Filter.Errors;

namespace Realtime.Filter.Live;

/// <summary>A live output: the address of a server, a V4L2 output device, an HLS playlist, or files of a fixed length.</summary>
public sealed class LiveOutput
{
    private LiveOutput(LiveOutputKind kind, string target, LiveAddress? address)
    {
        Kind = kind;
        Target = target;
        Address = address;
    }

    /// <summary>What it is.</summary>
    public LiveOutputKind Kind { get; }

    /// <summary>The address (never to be printed), device, playlist or pattern of file names.</summary>
    public string Target { get; }

    /// <summary>What ffmpeg writes to: the target, or names that files have until they are whole.</summary>
    public string Written => Kind == LiveOutputKind.Segments ? SegmentNames.Temporary(Target) : Target;

    /// <summary>Null where there is none.</summary>
    public LiveAddress? Address { get; }

    /// <summary>For logs and messages, without secrets.</summary>
    public string Name => Address?.Name ?? Target;

    /// <summary>Whether its consumer may go away and come back; a disk does not.</summary>
    public bool MayComeBack => Kind is LiveOutputKind.Push or LiveOutputKind.Device;

    /// <summary>Whether what stands after -o is live.</summary>
    public static bool Matches(string output, LiveOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        return LiveAddress.Matches(output) || IsDevice(output) || Protocols.IsPlaylist(output) || options.SegmentSeconds is not null;
    }

    /// <summary>Reads what stands after -o.</summary>
    /// <exception cref="UserErrorException">No such device, folder or protocol, or a pattern without a number.</exception>
    public static LiveOutput Parse(string output, LiveOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        if (LiveAddress.Matches(output))
        {
            LiveAddress address = LiveAddress.Parse(output);
            Protocols.CheckOutput(address);
            return new LiveOutput(LiveOutputKind.Push, output, address);
        }

        if (IsDevice(output))
        {
            Cameras.Check(output, "-o");
            return new LiveOutput(LiveOutputKind.Device, output, null);
        }

        string full = Path.GetFullPath(output);
        if (Path.GetDirectoryName(full) is not { } folder || !Directory.Exists(folder))
            throw new UserErrorException(ExitCode.Failed, $"-o '{output}': there is no folder '{Path.GetDirectoryName(full)}'. Make it first.");
        if (Protocols.IsPlaylist(output))
            return new LiveOutput(LiveOutputKind.Hls, full, null);
        SegmentNames.Check(output);
        return new LiveOutput(LiveOutputKind.Segments, full, null);
    }

    private static bool IsDevice(string output) => output.StartsWith("/dev/video", StringComparison.Ordinal);
}
