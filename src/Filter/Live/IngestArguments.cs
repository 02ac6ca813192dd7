using System.Globalization;
using System.Text;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>
/// The command line of the ffmpeg child that fetches a stream. It decodes nothing: it copies the packets of one video stream, and one of sound, into NUT on its
/// standard output. An address with secrets is not on the command line, which anybody can read, but in a concat script on the child's standard input.
/// </summary>
internal static class IngestArguments
{
    // Otherwise pictures would wait for sound that does not come, up to ten seconds: thus until the next packet of either.
    private const string Sound = "-map 0:a:0? -max_interleave_delta 1 -bsf:a ";

    // RTSP gives the first pictures no time stamps where there are B-frames, and NUT takes none without.
    private const string MendTimes =
        "setts=pts=if(eq(PTS\\,NOPTS)\\,if(eq(PREV_OUTPTS\\,NOPTS)\\,0\\,PREV_OUTPTS+1)\\,PTS):dts=if(eq(DTS\\,NOPTS)\\,if(eq(PREV_OUTDTS\\,NOPTS)\\,-1\\,PREV_OUTDTS+1)\\,DTS)";

    /// <summary>The command line.</summary>
    /// <param name="input">What to fetch.</param>
    /// <param name="options">Transport and camera settings.</param>
    /// <param name="withSound">Whether sound is fetched too, where there is any.</param>
    /// <param name="paced">Whether what comes in pieces is taken no faster than it plays.</param>
    public static string Build(LiveInput input, LiveOptions options, bool withSound, bool paced)
    {
        StringBuilder line = new("-v error -nostdin -fflags +genpts ");
        if (paced && input.Address is { } address && Protocols.ComesInPieces(address))
            line.Append("-re ");
        if (Script(input, options) is not null)
            line.Append(CultureInfo.InvariantCulture, $"-f concat -safe 0 -protocol_whitelist pipe,{Allowed(input, options)} -i pipe:0 ");
        else
            line.Append(string.Concat(Settings(input, options).Select(pair => $"-{pair.Key} {FFmpegTool.Quote(pair.Value)} "))).Append("-i ").Append(FFmpegTool.Quote(input.Device ?? input.Address!.Url)).Append(' ');
        return line.Append(CultureInfo.InvariantCulture, $"-map 0:V:0 -c copy -bsf:v \"{MendTimes}\" {(withSound ? $"{Sound}\"{MendTimes}\"" : "")} -f nut -flush_packets 1 pipe:1").ToString();
    }

    /// <summary>The script for the child's standard input; null where the address may stand on the command line.</summary>
    public static string? Script(LiveInput input, LiveOptions options)
    {
        if (input.Address is not { HasSecrets: true } address)
            return null;
        StringBuilder script = new($"ffconcat version 1.0\nfile '{address.Url.Replace("'", "'\\''", StringComparison.Ordinal)}'\n");
        foreach ((string key, string value) in Settings(input, options))
            script.Append(CultureInfo.InvariantCulture, $"option {key} {value}\n");
        return script.ToString();
    }

    private static string Allowed(LiveInput input, LiveOptions options) => Protocols.ForInput(input.Address!, options.RtspOverUdp);

    private static IEnumerable<KeyValuePair<string, string>> Settings(LiveInput input, LiveOptions options)
    {
        if (input.Address is null)
        {
            yield return new("f", "v4l2");
            if (options.CameraFormat is { } format)
                yield return new("input_format", format);
            if (options.CameraSize is { } size)
                yield return new("video_size", size);
            if (options.CameraRate is { } rate)
                yield return new("framerate", rate.ToString(CultureInfo.InvariantCulture));
            yield break;
        }

        yield return new("protocol_whitelist", Allowed(input, options));
        if (input.Address.Scheme.StartsWith("rtsp", StringComparison.Ordinal))
            yield return new("rtsp_transport", options.RtspOverUdp ? "udp" : "tcp");
        if (input.Address.Scheme is "udp")
            yield return new("overrun_nonfatal", "1");
    }
}
