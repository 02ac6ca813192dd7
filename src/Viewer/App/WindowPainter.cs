using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Viewer.Live;
using Realtime.Viewer.Overlay;
using Realtime.Viewer.Panes;
using Realtime.Viewer.Windowing;
using Silk.NET.Vulkan;

namespace Realtime.Viewer.App;

/// <summary>Draws the window: newest frame, overlay, present.</summary>
internal sealed class WindowPainter : IDisposable
{
    private readonly LiveEngine engine;
    private readonly ViewActions actions;
    private readonly Hud hud = new();
    private readonly Pane[] panes = new Pane[PaneArranger.Most];
    private Swapchain swapchain;
    private Composer composer;
    private OverlayCanvas? canvas;
    private Recorder? recorder;
    private int paneCount;
    private long lastPaint;
    private double secondsBetween;

    public WindowPainter(GpuDevice device, Swapchain swapchain, LiveEngine engine, ViewActions actions)
    {
        (this.engine, this.actions) = (engine, actions);
        Use(device, swapchain);
    }

    /// <summary>The panes as they were painted last.</summary>
    public ReadOnlyMemory<Pane> Panes => panes.AsMemory(0, paneCount);

    /// <summary>Where the time goes.</summary>
    public PaintTimes Times { get; } = new();

    /// <summary>Pictures that were shown, whether or not they were new.</summary>
    public long Pictures { get; private set; }

    /// <summary>Frames of the stream that were shown.</summary>
    public long FramesShown { get; private set; }

    /// <summary>Number of the frame that was painted last; -1 before the first.</summary>
    public long FrameId { get; private set; } = -1;

    /// <summary>Frames that came out of the purifier unpurified though it was on, so far.</summary>
    public long Unpurified { get; private set; }

    /// <summary>Whether the purified picture came from the purifier's device and not through the host.</summary>
    public bool ShowsFromDevice { get; private set; }

    /// <summary>Whether the last painting showed a frame that the one before had not.</summary>
    public bool HasNews { get; private set; }

    /// <summary>Whether anything was shown since the last <see cref="Use"/>.</summary>
    public bool HasShown { get; private set; }

    /// <summary>Draws with these from now on; both are borrowed.</summary>
    [MemberNotNull(nameof(swapchain), nameof(composer))]
    public void Use(GpuDevice device, Swapchain shownOn)
    {
        swapchain = shownOn;
        composer = new Composer(device, engine.Format.Width, engine.Format.Height);
        HasShown = false;
    }

    /// <summary>Gives up what belongs to the device, which may be lost.</summary>
    public void LetGo()
    {
        EndRecording();
        composer.Dispose();
        canvas = null;
    }

    /// <summary>Paints the window once.</summary>
    /// <returns>False where it has no area, or could not be shown.</returns>
    public bool Paint(Extent2D extent)
    {
        HasNews = engine.TakeNewest(out ShownFrame frame);
        if (extent.Width == 0 || extent.Height == 0)
            return false;
        (int width, int height) = ((int)extent.Width, (int)extent.Height);
        if (canvas is null || canvas.Width != width || canvas.Height != height)
        {
            composer.IsBgra = swapchain.IsBgra;
            composer.Resize(width, height, swapchain.LastRead);
            canvas = new OverlayCanvas(width, height);
            HasNews = true;
        }

        if (HasNews)
            ShowsFromDevice = composer.Load(frame);
        if (HasNews && frame.Id != FrameId)
            FramesShown++;
        (FrameId, Unpurified) = (frame.Id, frame.Statistics.Unpurified);
        paneCount = PaneArranger.Arrange(engine.State, actions.Layout, width, height, panes);
        Measure(frame.Statistics);
        Times.CopyTo(frame.Statistics);
        engine.State.Wanted = engine.Wanted;
        Times.Begin();
        hud.Draw(canvas, frame, engine.State, panes.AsSpan(0, paneCount), frame.Statistics, Stopwatch.GetTimestamp());
        Times.Done(Times.Overlay);
        for (int row = 0; canvas.Rows.NextRun(row, out int top, out int bottom); row = bottom)
            composer.LoadOverlay(canvas.Pixels, top, bottom - top);
        canvas.Rows.Uploaded();
        ulong composed = composer.Compose(panes.AsSpan(0, paneCount), engine.State, swapchain.LastRead);
        Times.Done(Times.Compose);
        if (actions.ScreenshotWanted)
            TakeScreenshot(width, height);
        Record(width, height);
        Times.Begin();
        bool isShown = swapchain.Present(composer.Output, (uint)width, (uint)height, new GpuWait(composer.Queue, composed));
        Times.Done(Times.Present);
        Times.EndPicture();
        if (!isShown)
            return false;
        actions.Answers.Answered();
        Pictures++;
        return HasShown = true;
    }

    /// <inheritdoc/>
    public void Dispose() => LetGo();

    private void Record(int width, int height)
    {
        if (recorder is not null && (!engine.State.Recording || !recorder.Fits(width, height)))
            EndRecording();
        if (!engine.State.Recording)
            return;
        try
        {
            if (recorder is null)
            {
                recorder = new Recorder($"realtime-{DateTime.Now:yyyyMMdd-HHmmss}.mp4", width, height);
                actions.Note($"recording: {recorder.Path}");
            }

            recorder.Add(picture => composer.Read(picture));
        }
        catch (UserErrorException error)
        {
            engine.State.Recording = false;
            actions.Note($"no recording: {error.Message}", 6);
        }
    }

    private void EndRecording()
    {
        if (recorder is null)
            return;
        engine.State.Recording = false;
        string? fault = recorder.Finish();
        actions.Note(fault is null ? $"recorded {recorder.Frames} pictures: {recorder.Path}" : $"the recording failed: {fault}", 6);
        recorder.Dispose();
        recorder = null;
    }

    private void Measure(LiveStatistics statistics)
    {
        long now = Stopwatch.GetTimestamp();
        if (lastPaint != 0)
        {
            double seconds = Stopwatch.GetElapsedTime(lastPaint, now).TotalSeconds;
            secondsBetween = secondsBetween == 0 ? seconds : (0.95 * secondsBetween) + (0.05 * seconds);
            statistics.RenderFps = 1 / Math.Max(1e-6, secondsBetween);
            (statistics.AnswerP50, statistics.AnswerP99) = (actions.Answers.Percentile(50), actions.Answers.Percentile(99));
        }

        lastPaint = now;
    }

    private void TakeScreenshot(int width, int height)
    {
        actions.ScreenshotWanted = false;
        byte[] picture = new byte[width * height * 3];
        composer.Read(picture);
        string path = $"realtime-{DateTime.Now:yyyyMMdd-HHmmss-fff}.png";
        try
        {
            Screenshot.Save(path, picture, width, height);
            actions.Note($"screenshot: {path}");
        }
        catch (UserErrorException error)
        {
            actions.Note($"no screenshot: {error.Message}", 6);
        }
    }
}
