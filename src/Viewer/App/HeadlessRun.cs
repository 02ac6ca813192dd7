using System.Diagnostics;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Viewer.Live;

namespace Realtime.Viewer.App;

/// <summary><c>view --headless</c>: no display. Every frame is attacked, purified and judged in its turn; the last is drawn off screen.</summary>
internal sealed class HeadlessRun(ViewSettings settings)
{
    /// <summary>Runs to the end.</summary>
    public ExitCode Execute(CancellationToken cancellation)
    {
        ViewState state = settings.State;
        using GpuInstance instance = ViewerVulkan.Open();
        using GpuDevice device = instance.OpenDevice(0);
        using LiveEngine engine = ViewEngine.Open(settings, isLive: false);
        HeadlessReport report = new();
        ShownFrame last = Follow(engine, report, cancellation);

        byte[] picture = StillPicture.Draw(device, last, state, settings.Layout, settings.Size, Stopwatch.GetTimestamp());
        if (settings.Screenshot is string png)
            Screenshot.Save(png, picture, settings.Size.Width, settings.Size.Height);
        string told = report.ToJson(state, last);
        if (settings.Report is string json)
            Screenshot.SavePart(json, path => File.WriteAllText(path, told));
        Console.Out.Write(told);
        if (engine.SourceFailure is string broken)
            throw new UserErrorException(ExitCode.Failed, broken);
        return last.Statistics.Unpurified > 0 ? ExitCode.Failed : ExitCode.Ok;
    }

    private static ShownFrame Follow(LiveEngine engine, HeadlessReport report, CancellationToken cancellation)
    {
        ShownFrame last;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            bool ended = engine.IsDone;     // looked at before the newest frame: none can come after it
            if (engine.TakeNewest(out last))
                report.Add(last);
            else if (ended)
                return last;
            else
                engine.WaitForFrame(TimeSpan.FromMilliseconds(100));
        }
    }
}
