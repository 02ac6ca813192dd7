using Realtime.Viewer.Live;

namespace Realtime.Viewer.Panes;

/// <summary>Shares the window out among the panes.</summary>
internal static class PaneArranger
{
    /// <summary>The most panes there are.</summary>
    public const int Most = 4;

    private const int Gap = 4;      // pixels at a window of 720 rows

    /// <summary>Fills <paramref name="panes"/>.</summary>
    /// <param name="state">What is shown.</param>
    /// <param name="layout">How.</param>
    /// <param name="width">Window pixels.</param>
    /// <param name="height">Window pixels.</param>
    /// <param name="panes">At least <see cref="Most"/>.</param>
    /// <returns>The number of panes; 0 for a window without area.</returns>
    public static int Arrange(ViewState state, PaneLayout layout, int width, int height, Span<Pane> panes)
    {
        Span<PanePicture> pictures = stackalloc PanePicture[Most];
        int count = Choose(state, layout, pictures);
        int gap = Math.Max(1, Gap * height / 720);
        bool inRow = layout == PaneLayout.SideBySide || (layout != PaneLayout.Stacked && width >= height);
        int along = (inRow ? width : height) - (gap * (count - 1));
        if (along < count || width < 1 || height < 1)
            return 0;
        for (int i = 0; i < count; i++)
        {
            // Rounded so that the last pane ends at the window's edge.
            int from = (along * i / count) + (gap * i);
            int to = (along * (i + 1) / count) + (gap * i);
            panes[i] = inRow ? new Pane(pictures[i], from, 0, to - from, height) : new Pane(pictures[i], 0, from, width, to - from);
        }

        return count;
    }

    private static int Choose(ViewState state, PaneLayout layout, Span<PanePicture> pictures)
    {
        if (layout == PaneLayout.Single)
        {
            pictures[0] = state.ShowDifference ? PanePicture.Difference : state.ShowWipe ? PanePicture.Wipe : PanePicture.Purified;
            return 1;
        }

        pictures[0] = PanePicture.Raw;
        if (state.ShowWipe)
        {
            pictures[1] = PanePicture.Wipe;
        }
        else
        {
            pictures[1] = PanePicture.Attacked;
            pictures[2] = PanePicture.Purified;
        }

        int count = state.ShowWipe ? 2 : 3;
        if (state.ShowDifference)
            pictures[count++] = PanePicture.Difference;
        return count;
    }
}
