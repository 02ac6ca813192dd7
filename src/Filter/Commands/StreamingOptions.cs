using System.CommandLine;
using Realtime.Filter.Live;

namespace Realtime.Filter.Commands;

/// <summary>The options of live inputs and outputs.</summary>
internal sealed class StreamingOptions
{
    private const double Day = 86400;

    private readonly Option<string?> format = new("--input-format") { Description = "Camera: format of its pictures, as ffmpeg names it (mjpeg, yuyv422, h264, ...).", HelpName = "NAME" };
    private readonly Option<string?> size = new("--input-size") { Description = "Camera: size of its pictures.", HelpName = "WxH" };
    private readonly Option<double?> rate = new("--input-rate") { Description = "Camera: frames a second.", HelpName = "FPS" };
    private readonly Option<string> transport = new("--rtsp-transport") { Description = "How RTSP carries pictures: tcp or udp.", HelpName = "NAME", DefaultValueFactory = _ => "tcp" };
    private readonly Option<bool> noSound = new("--no-sound") { Description = "Leave the sound of a live input out." };
    private readonly Option<LatencyPolicy?> policy = new("--latency-policy") { Description = "What happens to frames that come too fast: smooth drops none, latency takes the newest, balanced holds a target. Default: balanced for live inputs, smooth for others.", HelpName = "NAME" };
    private readonly Option<double> target = new("--latency-target") { Description = "Milliseconds from a frame's arrival to the output that balanced aims at.", HelpName = "MS", DefaultValueFactory = _ => LiveOptions.Default.LatencyTarget.TotalMilliseconds };
    private readonly Option<double> stall = new("--stall-timeout") { Description = "Seconds without a frame after which a live input, or one not taken, after which a live output is replaced.", HelpName = "S", DefaultValueFactory = _ => LiveOptions.Default.StallTimeout.TotalSeconds };
    private readonly Option<double> reconnectMax = new("--reconnect-max") { Description = "Longest wait between two tries to reconnect, in seconds.", HelpName = "S", DefaultValueFactory = _ => LiveOptions.Default.ReconnectMax.TotalSeconds };
    private readonly Option<double?> reconnectFor = new("--reconnect-for") { Description = "Give up when a source or consumer has been away for so many seconds; 0 takes its end for the end of the run. Default: never.", HelpName = "S" };
    private readonly Option<double?> segment = new("--segment-time") { Description = "Length in seconds of HLS segments (2), or of the files of an output such as 'cam-%05d.mp4'.", HelpName = "S" };

    public StreamingOptions(Command command)
    {
        transport.AcceptOnlyFromAmong("tcp", "udp");
        size.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !IsSize(result.Tokens[0].Value))
                result.AddError($"--input-size takes WIDTHxHEIGHT, as in 1280x720, found '{result.Tokens[0].Value}'.");
        });
        rate.RequireWithin(0.01, 1000);
        target.RequireWithin(1, 60_000);
        stall.RequireWithin(0.1, Day);
        reconnectMax.RequireWithin(0.1, Day);
        reconnectFor.RequireAtLeast(0);
        segment.RequireWithin(1, Day);
        foreach (Option option in new Option[] { format, size, rate, transport, noSound, policy, target, stall, reconnectMax, reconnectFor, segment })
            command.Add(option);
    }

    public LiveOptions Live(ParseResult parsed) => new()
    {
        Policy = parsed.GetValue(policy),
        LatencyTarget = TimeSpan.FromMilliseconds(parsed.GetValue(target)),
        StallTimeout = TimeSpan.FromSeconds(parsed.GetValue(stall)),
        ReconnectMax = TimeSpan.FromSeconds(parsed.GetValue(reconnectMax)),
        ReconnectFor = parsed.GetValue(reconnectFor) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        RtspOverUdp = parsed.GetValue(transport) == "udp",
        WithSound = !parsed.GetValue(noSound),
        CameraFormat = parsed.GetValue(format),
        CameraSize = parsed.GetValue(size),
        CameraRate = parsed.GetValue(rate),
        SegmentSeconds = parsed.GetValue(segment),
    };

    private static bool IsSize(string text)
    {
        string[] parts = text.Split('x');
        return parts.Length == 2 && parts.All(part => int.TryParse(part, System.Globalization.NumberStyles.None, null, out int pixels) && pixels > 0);
    }
}
