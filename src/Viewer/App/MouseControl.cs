using System.Numerics;
using Realtime.Viewer.Live;
using Realtime.Viewer.Overlay;
using Realtime.Viewer.Panes;
using Realtime.Viewer.Windowing;
using Silk.NET.Input;

namespace Realtime.Viewer.App;

/// <summary>
/// The mouse: the wheel zooms all panes alike, a drag moves their view, or the line of the wipe where it begins near that, or the place in the
/// source where it begins at the progress line.
/// </summary>
internal sealed class MouseControl
{
    private const float Grip = 12;      // pixels beside the line that still take it

    private readonly ViewerWindow window;
    private readonly ViewActions actions;
    private readonly ViewState state;
    private readonly Func<ReadOnlyMemory<Pane>> panes;
    private Vector2 last;
    private bool isPanning;
    private bool isWiping;
    private bool isSeeking;

    private Box Progress => ProgressLine.Zone((int)window.Extent.Width, (int)window.Extent.Height);

    public MouseControl(ViewerWindow window, ViewActions actions, ViewState state, Func<ReadOnlyMemory<Pane>> panes)
    {
        (this.window, this.actions, this.state, this.panes) = (window, actions, state, panes);
        window.Mouse.Scroll += (_, wheel) => actions.ZoomBy(MathF.Pow(1.2f, wheel.Y));
        window.Mouse.MouseDown += (_, button) => Begin(button);
        window.Mouse.MouseUp += (_, _) => isPanning = isWiping = isSeeking = false;
        window.Mouse.MouseMove += (_, position) => Move(position * window.PixelScale);
    }

    // Begins where the mouse was last heard of: where it is by now may be elsewhere.
    private void Begin(MouseButton button)
    {
        if (button != MouseButton.Left)
            return;
        isSeeking = state.Duration > 0 && Progress.Contains(new Box((int)last.X, (int)last.Y, 1, 1));
        if (isSeeking)
            SeekTo(last);
        isWiping = !isSeeking && PaneAt(last) is { Picture: PanePicture.Wipe } pane && MathF.Abs(last.X - pane.X - (state.WipeAt * pane.Width)) < Grip * window.PixelScale;
        isPanning = !isWiping && !isSeeking;
    }

    private void Move(Vector2 position)
    {
        Vector2 by = position - last;
        last = position;
        if (isSeeking)
            SeekTo(position);
        foreach (Pane pane in panes().Span)
        {
            if (isWiping && pane.Picture == PanePicture.Wipe)
                actions.MoveWipe((position.X - pane.X) / pane.Width);
        }

        if (isPanning && panes().Length > 0)
        {
            Pane first = panes().Span[0];
            actions.Pan(-by.X / (first.Width * state.Zoom), -by.Y / (first.Height * state.Zoom));
        }
    }

    private void SeekTo(Vector2 position) => actions.SeekTo(ProgressLine.PartAt(Progress, position.X) * state.Duration);

    private Pane? PaneAt(Vector2 position)
    {
        foreach (Pane pane in panes().Span)
        {
            if (position.X >= pane.X && position.X < pane.X + pane.Width && position.Y >= pane.Y && position.Y < pane.Y + pane.Height)
                return pane;
        }

        return null;
    }
}
