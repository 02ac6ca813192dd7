namespace Realtime.Viewer.Overlay;

/// <summary>Which rows of a canvas hold ink, and which have changed since they were last uploaded.</summary>
internal sealed class DirtyRows(int height)
{
    private readonly bool[] inked = new bool[height];
    private readonly bool[] changed = new bool[height];

    /// <summary>First changed row; equals <see cref="Bottom"/> where nothing changed.</summary>
    public int Top { get; private set; }

    /// <summary>One after the last changed row.</summary>
    public int Bottom { get; private set; }

    public bool IsChanged(int row) => changed[row];

    public bool IsInked(int row) => inked[row];

    /// <summary>Ink in the rows from <paramref name="top"/> up to <paramref name="bottom"/>, which lie within the canvas.</summary>
    public void Touch(int top, int bottom)
    {
        if (top >= bottom)
            return;
        inked.AsSpan(top, bottom - top).Fill(true);
        changed.AsSpan(top, bottom - top).Fill(true);
        (Top, Bottom) = Top == Bottom ? (top, bottom) : (Math.Min(Top, top), Math.Max(Bottom, bottom));
    }

    /// <summary>A row that had ink is empty now; it stays changed until uploaded.</summary>
    public void Wiped(int row)
    {
        Touch(row, row + 1);
        inked[row] = false;
    }

    /// <summary>All is uploaded.</summary>
    public void Uploaded()
    {
        changed.AsSpan().Clear();
        Top = Bottom = 0;
    }

    /// <summary>The next run of changed rows at or after <paramref name="from"/>.</summary>
    public bool NextRun(int from, out int top, out int bottom)
    {
        top = from;
        while (top < Bottom && !changed[top])
            top++;
        bottom = top;
        while (bottom < Bottom && changed[bottom])
            bottom++;
        return bottom > top;
    }
}
