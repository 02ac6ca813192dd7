using Realtime.Filter.Errors;

namespace Realtime.Filter.Live;

/// <summary>
/// Which schemes there are for inputs and outputs, and the protocols that an ffmpeg child may use for an address: those that its scheme needs, and no other. None of
/// them reaches a file.
/// </summary>
internal static class Protocols
{
    private static readonly string[] Outputs = ["rtsp", "rtmp", "rtmps", "srt", "udp", "rtp"];
    private static readonly string[] Inputs = [.. Outputs, "rtsps", "http", "https"];

    /// <summary>ffmpeg's protocol_whitelist for reading <paramref name="address"/>.</summary>
    /// <param name="address">The address.</param>
    /// <param name="overUdp">Whether RTSP brings its pictures over UDP.</param>
    /// <exception cref="UserErrorException">The scheme is not known (usage).</exception>
    // A server may send a client on from http to https, not back. "crypto" undoes the AES of HLS segments.
    public static string ForInput(LiveAddress address, bool overUdp) => address.Scheme switch
    {
        "rtsp" when overUdp => "tcp,udp,rtp",
        "rtsp" => "tcp",
        "rtsps" => "tls,tcp",
        "rtmp" => "rtmp,tcp",
        "rtmps" => "rtmps,tls,tcp",
        "srt" => "srt",
        "udp" => "udp",
        "rtp" => "rtp,udp",
        "http" => IsPlaylist(address) ? "http,https,tls,tcp,crypto" : "http,https,tls,tcp",
        "https" => IsPlaylist(address) ? "https,tls,tcp,crypto" : "https,tls,tcp",
        _ => throw Unknown(address, "-i", Inputs),
    };

    /// <summary>Makes sure that an address can be pushed to.</summary>
    /// <exception cref="UserErrorException">Its scheme is not known (usage).</exception>
    public static void CheckOutput(LiveAddress address)
    {
        if (!Outputs.Contains(address.Scheme))
            throw Unknown(address, "-o", Outputs);
    }

    /// <summary>Whether a file, or an address without its query, is an HLS playlist by its name.</summary>
    public static bool IsPlaylist(string name) => name.EndsWith(".m3u8", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the address is read in pieces that come faster than they play.</summary>
    public static bool ComesInPieces(LiveAddress address) => address.Scheme is "http" or "https";

    private static bool IsPlaylist(LiveAddress address) => IsPlaylist(address.Url.Split('?')[0]);

    private static UserErrorException Unknown(LiveAddress address, string option, string[] known) =>
        new(ExitCode.Usage, $"{option} {address.Name}: '{address.Scheme}' is no protocol for a stream; {string.Join(", ", known[..^1])} and {known[^1]} are.");
}
