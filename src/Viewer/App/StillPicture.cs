using Realtime.Filter.Gpu;
using Realtime.Viewer.Live;
using Realtime.Viewer.Overlay;
using Realtime.Viewer.Panes;

namespace Realtime.Viewer.App;

/// <summary>Draws what a window would show of one frame, off screen.</summary>
internal static class StillPicture
{
    /// <summary>Draws it.</summary>
    /// <param name="device">Who composes.</param>
    /// <param name="frame">What is shown.</param>
    /// <param name="state">What the user has chosen.</param>
    /// <param name="layout">How the panes share the picture.</param>
    /// <param name="size">Of the picture, pixels.</param>
    /// <param name="now">Stopwatch ticks; decides whether the note is still there.</param>
    /// <returns>[H, W, 3].</returns>
    public static byte[] Draw(GpuDevice device, ShownFrame frame, ViewState state, PaneLayout layout, (int Width, int Height) size, long now)
    {
        (int width, int height) = size;
        using Composer composer = new(device, frame.Width, frame.Height);
        composer.Resize(width, height);
        Span<Pane> panes = stackalloc Pane[PaneArranger.Most];
        int count = PaneArranger.Arrange(state, layout, width, height, panes);
        OverlayCanvas canvas = new(width, height);
        new Hud().Draw(canvas, frame, state, panes[..count], frame.Statistics, now);
        composer.Load(frame);
        composer.LoadOverlay(canvas.Pixels, 0, height);
        composer.Compose(panes[..count], state);
        composer.Wait();
        byte[] picture = new byte[width * height * 3];
        composer.Read(picture);
        return picture;
    }
}
