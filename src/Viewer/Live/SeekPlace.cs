namespace Realtime.Viewer.Live;

/// <summary>
/// Where the user wants to go in the source, and how far that has come: asked, read, shown. The next wish is read only when the last one is
/// shown, so that something is seen while the mouse drags. Not safe for several threads; <see cref="PacedSource"/> locks it.
/// </summary>
internal sealed class SeekPlace
{
    private long read = -1;         // number of the frame that was read for the last wish
    private long shown = -1;        // number of the frame that was shown last

    /// <summary>The place that is asked for and not shown yet, seconds; NaN where there is none.</summary>
    public double Wanted { get; private set; } = double.NaN;

    /// <summary>Whether a place is asked for and nothing was read from there yet.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>Whether the source may go there now.</summary>
    public bool MayGo => read <= shown;

    /// <summary>Frames with a number below this are from where the user no longer wants to be.</summary>
    public long StaleBefore { get; private set; }

    /// <summary>Asks for a place.</summary>
    public void Ask(double seconds) => (Wanted, IsAsked) = (seconds, true);

    /// <summary>The source goes to <see cref="Wanted"/>.</summary>
    /// <param name="frame">Number of the next frame.</param>
    public void Go(long frame)
    {
        IsAsked = false;
        StaleBefore = read = frame;
    }

    /// <summary>A frame is shown.</summary>
    public void Shown(long frame)
    {
        shown = frame;
        if (!IsAsked && frame >= read)
            Wanted = double.NaN;
    }
}
