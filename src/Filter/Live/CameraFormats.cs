using System.Text.RegularExpressions;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>What a V4L2 device offers, as ffmpeg tells it.</summary>
internal static partial class CameraFormats
{
    /// <summary>One line for each format that <c>--input-format</c> takes with the sizes for <c>--input-size</c>, "yuyv422  640x480 1280x720"; empty for a device that gives no pictures, such as an output.</summary>
    /// <param name="device">The device file.</param>
    public static IReadOnlyList<string> Of(string device)
    {
        List<string> lines = [];
        using FFmpegProcess child = new(FFmpegTool.FFmpeg, $"-hide_banner -nostdin -f v4l2 -list_formats all -i {FFmpegTool.Quote(device)}", ChildPipes.None, isAnswer: line =>
        {
            lines.Add(line);
            return true;
        });
        child.Wait();       // it ends with an error always: it was asked for a list, not for pictures
        return Read(lines);
    }

    /// <summary>Reads ffmpeg's list.</summary>
    internal static IReadOnlyList<string> Read(IEnumerable<string> lines) =>
        [.. lines.Select(line => Format().Match(line)).Where(found => found.Success).Select(found => $"{found.Groups["name"].Value}  {found.Groups["sizes"].Value.Trim()}").Distinct()];

    // "[video4linux2,v4l2 @ 0x5] Compressed:       mjpeg :          Motion-JPEG : 640x480 1280x720"; what ffmpeg cannot read is called "Unsupported".
    [GeneratedRegex(@"\] (Raw|Compressed) *: +(?<name>(?!Unsupported)\S+) : .* : (?<sizes>[^:]+)$")]
    private static partial Regex Format();
}
