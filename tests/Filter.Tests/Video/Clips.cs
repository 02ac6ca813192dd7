using System.Diagnostics;
using System.Globalization;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Video;

/// <summary>Makes tiny clips with ffmpeg in a folder of its own, and removes them.</summary>
public sealed class Clips : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("realtime-clips-").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Runs ffmpeg; {out} in the arguments becomes the clip's path.</summary>
    public string Make(string name, string arguments)
    {
        string path = PathOf(name);
        Run("ffmpeg", $"-nostdin -v error -y {arguments.Replace("{out}", path).Replace("{dir}", Folder)}");
        return path;
    }

    public string Plain(string name = "plain.mp4", int frames = 12) =>
        Make(name, $"-f lavfi -i testsrc2=s=64x48:r=25 -frames:v {frames} -pix_fmt yuv420p {{out}}");

    public static string Run(string program, string arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {arguments}: {errors.Result}");
        return text;
    }

    /// <summary>ffprobe's values of one entry list, one line a value.</summary>
    public static string Probe(string path, string arguments) => Run("ffprobe", $"-v error {arguments} -of csv=p=0 {path}").Trim();

    /// <summary>How many coded pictures the file has.</summary>
    public static int Packets(string path) => int.Parse(Probe(path, "-select_streams v:0 -count_packets -show_entries stream=nb_read_packets").Split('\n')[0], CultureInfo.InvariantCulture);

    /// <summary>The shown frames' time stamps, ascending.</summary>
    public static long[] Pts(string path) =>
        [.. Probe(path, "-select_streams v:0 -show_entries frame=best_effort_timestamp").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Trim(',')).Where(line => line.Length > 0).Select(long.Parse).Order()];

    /// <summary>Copies every frame from source to sink, unchanged.</summary>
    public static int Copy(string input, string output, SinkOptions? options = null)
    {
        using IFrameSource source = FrameSources.Open(input);
        using IFrameSink sink = FrameSinks.Create(output, source, options);
        FrameSlot slot = new(source.Format);
        int frames = 0;
        while (source.TryRead(slot, default))
        {
            sink.Write(slot, slot.Raw, default);
            frames++;
        }

        sink.Complete(default);
        return frames;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
