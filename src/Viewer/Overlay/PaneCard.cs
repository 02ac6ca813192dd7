using Realtime.Viewer.Live;
using Realtime.Viewer.Panes;

namespace Realtime.Viewer.Overlay;

/// <summary>The card at a pane's foot: its name and the verdict on it.</summary>
internal static class PaneCard
{
    private const int Widest = 440;

    /// <summary>Where the card of a pane goes; of no height where the pane has no room for one.</summary>
    /// <param name="pane">Whose.</param>
    /// <param name="scale">Sizes.</param>
    /// <param name="foot">First row of the window that is taken by the line at its foot.</param>
    /// <param name="rows">Rows under the heading.</param>
    public static Box Layout(Pane pane, HudScale scale, int foot, out int rows)
    {
        int margin = Math.Min(scale.Margin, Math.Max(2, pane.Width / 24)), bottom = Math.Min(pane.Y + pane.Height - margin, foot);
        int room = bottom - pane.Y - margin, width = Math.Min(pane.Width - (2 * margin), scale.Of(Widest));
        for (rows = Verdict.Top; rows >= 0; rows--)
        {
            int height = (2 * scale.Pad) + OverlayCanvas.TextHeight(scale.Body) + (rows * (scale.Row + scale.Gap)) + (rows > 0 ? scale.Gap - scale.Of(2) : 0);
            // The more rows, the smaller a part of the picture they may cover.
            float part = rows switch { 3 => 0.22f, 2 => 0.4f, 1 => 0.7f, _ => 1 };
            if (height <= room * part && width >= scale.Of(60))
                return new Box(pane.X + margin, bottom - height, width, height);
        }
        rows = 0;
        return default;
    }

    /// <summary>Draws it.</summary>
    public static void Draw(HudPen pen, Box box, int rows, Pane pane, ShownFrame frame, ViewState state)
    {
        HudScale scale = pen.Scale;
        Tint accent = Palette.Of(pane.Picture);
        pen.Card(box);
        Box inner = box.Inset(scale.Pad);
        Heading(pen, inner, pane.Picture, accent, state);
        int below = OverlayCanvas.TextHeight(scale.Body) + (2 * scale.Gap) - scale.Of(2);
        Box list = inner with { Y = inner.Y + below, Height = inner.Height - below };
        int truth = frame.TrueLabel;
        switch (pane.Picture)
        {
            case PanePicture.Raw:
                VerdictRows.Draw(pen, list, frame.OfRaw, truth, accent, rows);
                break;
            case PanePicture.Attacked:
                VerdictRows.Draw(pen, list, frame.OfAttacked, truth, accent, rows);
                break;
            case PanePicture.Purified:
                VerdictRows.Draw(pen, list, frame.OfPurified, truth, accent, rows);
                break;
            case PanePicture.Wipe:
                int half = (list.Width - scale.Pad) / 2;
                VerdictRows.Draw(pen, list with { Width = half }, frame.OfAttacked, truth, Palette.Attacked, rows);
                VerdictRows.Draw(pen, list with { X = list.Right - half, Width = half }, frame.OfPurified, truth, Palette.Purified, rows);
                break;
            default:
                Differences(pen, list, frame.Statistics, rows);
                break;
        }
    }

    /// <summary>"PGD-10 8/255".</summary>
    public static TextLine Attack(TextLine line, ViewState state)
    {
        line.New();
        if (!state.AttackOn)
            return line.Add("off");
        line.Add(state.Attack);
        if (LiveAttacks.HasSteps(state.Attack))
            line.Add("-").Add(state.Steps);
        line.Add(" ").Add(state.Eps).Add("/255");
        (int done, int total) = state.Computing;
        return total > 0 && state.Attack == LiveAttacks.Universal ? line.Add(" computing ").Add(done).Add("/").Add(total) : line;
    }

    private static void Heading(HudPen pen, Box box, PanePicture picture, Tint accent, ViewState state)
    {
        switch (picture)
        {
            case PanePicture.Raw:
                pen.Heading(box, accent, "RAW", Path.GetFileName(state.Source.AsSpan()));
                break;
            case PanePicture.Attacked:
                pen.Heading(box, accent, "ATTACKED", Attack(pen.Line, state).Text);
                break;
            case PanePicture.Purified:
                pen.Heading(box, accent, "PURIFIED", state.Model);
                break;
            case PanePicture.Wipe:
                pen.Heading(box, accent, "WIPE", "attacked ↔ purified");
                break;
            default:
                pen.Line.New().Add("DIFFERENCE ×").Add(state.DifferenceGain, state.DifferenceGain == MathF.Round(state.DifferenceGain) ? 0 : 1);
                pen.Heading(box, accent, pen.Line.Text, "");
                break;
        }
    }

    private static void Differences(HudPen pen, Box box, LiveStatistics statistics, int rows)
    {
        HudScale scale = pen.Scale;
        for (int i = 0; i < Math.Min(rows, 2); i++)
        {
            int y = box.Y + (i * (scale.Row + scale.Gap)) + scale.Of(2.5f);
            pen.Line.New().Add(i == 0 ? statistics.PsnrAttacked : statistics.PsnrPurified).Add(" dB");
            int left = box.Right - OverlayCanvas.TextWidth(scale.Body, pen.Line.Text);
            pen.Canvas.Text(left, y, scale.Body, Palette.White, pen.Line.Text, TextLook.Bold);
            pen.Canvas.TextWithin(box.X, y, left - box.X - scale.Gap, scale.Body, Palette.Dim, i == 0 ? "attacked" : "purified");
        }
    }
}
