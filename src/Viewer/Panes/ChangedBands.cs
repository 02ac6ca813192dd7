using Realtime.Viewer.Live;
using Realtime.Viewer.Overlay;

namespace Realtime.Viewer.Panes;

/// <summary>
/// Which rows of the window's picture have to be made again, in bands as high as a workgroup. Most pictures differ from the one before in the
/// rows of the pictures and a few letters, or not at all.
/// </summary>
internal sealed class ChangedBands
{
    /// <summary>Rows of a band.</summary>
    public const int Rows = 8;

    private readonly int width;
    private readonly int count;
    private readonly uint[] overlay;        // as it was loaded; reading it back from the device may be slow
    private readonly DirtyRows bands;
    private int[] view = [];

    /// <summary>All of a new window.</summary>
    public ChangedBands(int width, int height)
    {
        this.width = width;
        count = (height + Rows - 1) / Rows;
        overlay = new uint[width * height];
        bands = new DirtyRows(count);
        bands.Touch(0, count);
    }

    /// <summary>Whether nothing has changed.</summary>
    public bool IsEmpty => bands.Top == bands.Bottom;

    /// <summary>Looks at a row of the overlay.</summary>
    /// <returns>Whether it is another than last time.</returns>
    public bool HasOverlay(int row, ReadOnlySpan<uint> pixels)
    {
        Span<uint> before = overlay.AsSpan(row * width, width);
        if (pixels.SequenceEqual(before))
            return false;
        pixels.CopyTo(before);
        bands.Touch(row / Rows, (row / Rows) + 1);
        return true;
    }

    /// <summary>Another view changes everything.</summary>
    public void See(ReadOnlySpan<int> now)
    {
        if (now.SequenceEqual(view))
            return;
        bands.Touch(0, count);
        if (view.Length != now.Length)
            view = new int[now.Length];
        now.CopyTo(view);
    }

    /// <summary>Another frame changes the rows that its picture has in a pane.</summary>
    public void SeePicture(Pane pane, int sourceWidth, int sourceHeight, ViewState state)
    {
        float scale = Math.Min(pane.Width / (float)sourceWidth, pane.Height / (float)sourceHeight) * state.Zoom;
        float centre = pane.Y + (0.5f * pane.Height) + ((0.5f - state.CentreY) * sourceHeight * scale), reach = (0.5f * sourceHeight * scale) + 1;
        int top = (int)Math.Max(pane.Y, centre - reach), bottom = (int)Math.Min(pane.Y + pane.Height, centre + reach + 1);
        bands.Touch(top / Rows, (bottom + Rows - 1) / Rows);
    }

    /// <summary>The next run of changed bands at or after <paramref name="from"/>.</summary>
    public bool NextRun(int from, out int top, out int bottom) => bands.NextRun(from, out top, out bottom);

    /// <summary>All are made.</summary>
    public void Made() => bands.Uploaded();
}
