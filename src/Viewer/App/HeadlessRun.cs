using System.Diagnostics;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Filter.Models;
using Realtime.Filter.Video;
using Realtime.Viewer.Live;
using Realtime.Viewer.Overlay;
using Realtime.Viewer.Panes;

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
        using LiveEngine engine = new(
            state,
            () => FrameSources.Open(settings.Input),
            PurifierFactory.Open(ModelCatalog.Resolve(settings.Model), settings.Device, settings.Precision),
            settings.Overlap,
            isLive: false,
            settings.Frames);
        HeadlessReport report = new();
        ShownFrame last = Follow(engine, report, cancellation);

        using Composer composer = new(device, engine.Format.Width, engine.Format.Height);
        byte[] picture = Draw(composer, state, last);
        if (settings.Screenshot is string png)
            Screenshot.Save(png, picture, settings.Size.Width, settings.Size.Height);
        string told = report.ToJson(state, last);
        if (settings.Report is string json)
            Screenshot.SavePart(json, path => File.WriteAllText(path, told));
        Console.Out.Write(told);
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

    private byte[] Draw(Composer composer, ViewState state, ShownFrame last)
    {
        (int width, int height) = settings.Size;
        composer.Resize(width, height);
        Span<Pane> panes = stackalloc Pane[PaneArranger.Most];
        int count = PaneArranger.Arrange(state, settings.Layout, width, height, panes);
        OverlayCanvas canvas = new(width, height);
        new Hud().Draw(canvas, last, state, panes[..count], last.Statistics, Stopwatch.GetTimestamp());
        composer.Load(last);
        composer.LoadOverlay(canvas.Pixels, 0, height);
        composer.Compose(panes[..count], state);
        composer.Wait();
        byte[] picture = new byte[width * height * 3];
        composer.Read(picture);
        return picture;
    }
}
