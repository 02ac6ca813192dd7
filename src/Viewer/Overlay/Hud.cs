using Realtime.Viewer.Live;
using Realtime.Viewer.Panes;

namespace Realtime.Viewer.Overlay;

/// <summary>Draws everything that lies over the pictures. Of one thread; allocates nothing once its glyphs are made.</summary>
internal sealed class Hud
{
    private readonly HudPen pen = new();
    private readonly List<HudPiece> pieces = [];

    /// <summary>Where everything of the last drawn frame is.</summary>
    public IReadOnlyList<HudPiece> Pieces => pieces;

    /// <summary>Empties the canvas and draws one frame's overlay.</summary>
    /// <param name="canvas">Of the window's size.</param>
    /// <param name="frame">What is shown.</param>
    /// <param name="state">What the user has chosen.</param>
    /// <param name="panes">Where the pictures are.</param>
    /// <param name="statistics">Figures for the overlay's pages.</param>
    /// <param name="now">Stopwatch ticks.</param>
    public void Draw(OverlayCanvas canvas, ShownFrame frame, ViewState state, ReadOnlySpan<Pane> panes, LiveStatistics statistics, long now)
    {
        canvas.Clear();
        pieces.Clear();
        pen.Begin(canvas);
        if (canvas.Width < 40 || canvas.Height < 40)
            return;
        int foot = canvas.Height - pen.Scale.Strip;
        Box page = default;
        if (state.ShowHelp)
        {
            Help();
        }
        else
        {
            Place(frame, state, panes, foot);
            page = Page(state, statistics, foot);
            Panes(frame, state, panes, foot);
        }
        Box states = StateBadges.Draw(pen, state, isLeft: page.X > pen.Scale.Margin);
        if (states.Width > 0)
            pieces.Add(new HudPiece(HudPieceKind.State, -1, states));
        FootLine.Draw(pen, frame, state, now);
        pieces.Add(new HudPiece(HudPieceKind.Foot, -1, new Box(0, foot, canvas.Width, pen.Scale.Strip)));
    }

    private void Help()
    {
        OverlayCanvas canvas = pen.Canvas;
        canvas.Fill(new Box(0, 0, canvas.Width, canvas.Height), Palette.Scrim);
        int columns = KeysPage.Measure(pen.Scale, KeyHelp.All.Length, 2).Width <= canvas.Width ? 2 : 1;
        (int width, int height) = KeysPage.Measure(pen.Scale, KeyHelp.All.Length, columns);
        Box box = new((canvas.Width - width) / 2, Math.Max(0, (canvas.Height - height) / 2), width, height);
        KeysPage.Draw(pen, box, KeyHelp.All.Length, columns, "KEYS", "H closes");
        pieces.Add(new HudPiece(HudPieceKind.Help, -1, box));
    }

    private void Place(ShownFrame frame, ViewState state, ReadOnlySpan<Pane> panes, int foot)
    {
        for (int i = 0; i < panes.Length; i++)
        {
            Box card = PaneCard.Layout(panes[i], pen.Scale, foot, out _);
            if (card.Height == 0)
                continue;
            pieces.Add(new HudPiece(HudPieceKind.Card, i, card));
            Box badges = PaneBadges.Layout(pen, panes[i], card, frame, state, panes.Length == 1);
            if (badges.Height > 0)
                pieces.Add(new HudPiece(HudPieceKind.Badges, i, badges));
        }
    }

    /// <summary>Draws the overlay's page, on the left or, where cards are there, on the right; cards under it then give way.</summary>
    private Box Page(ViewState state, LiveStatistics statistics, int foot)
    {
        if (state.OverlayPage is < 1 or > 3)
            return default;
        HudScale scale = pen.Scale;
        (int width, int height) = state.OverlayPage switch
        {
            1 => FiguresPage.Measure(scale),
            2 => GraphsPage.Measure(scale),
            _ => KeysPage.Measure(scale, KeyHelp.Short, 1),
        };
        Box left = new(scale.Margin, scale.Margin, width, height), right = left with { X = Math.Max(0, pen.Canvas.Width - scale.Margin - width) };
        Box page = Covers(left) && !Covers(right) ? right : left;
        if (page.Bottom > foot || page.Right > pen.Canvas.Width)
            return default;
        for (int i = pieces.Count - 1; i >= 0; i--)
            if (pieces[i].Area.Overlaps(page))
                pieces.RemoveAt(i);

        if (state.OverlayPage == 1)
            FiguresPage.Draw(pen, page, state, statistics);
        else if (state.OverlayPage == 2)
            GraphsPage.Draw(pen, page, statistics);
        else
            KeysPage.Draw(pen, page, KeyHelp.Short, 1, "KEYS", "3/3 · H all");
        pieces.Add(new HudPiece(HudPieceKind.Page, -1, page));
        return page;
    }

    private bool Covers(Box box)
    {
        foreach (HudPiece piece in pieces)
            if (piece.Area.Overlaps(box))
                return true;
        return false;
    }

    private void Panes(ShownFrame frame, ViewState state, ReadOnlySpan<Pane> panes, int foot)
    {
        for (int i = 0; i < panes.Length; i++)
            if (panes[i].Picture == PanePicture.Wipe)
            {
                int x = panes[i].X + (int)MathF.Round(Math.Clamp(state.WipeAt, 0, 1) * panes[i].Width);
                WipeLine.Draw(pen, panes[i], x, WipeBottom(i, panes[i], foot, x));
            }
        foreach (HudPiece piece in pieces)
        {
            if (piece.Kind == HudPieceKind.Card)
            {
                PaneCard.Layout(panes[piece.Pane], pen.Scale, foot, out int rows);
                PaneCard.Draw(pen, piece.Area, rows, panes[piece.Pane], frame, state);
            }
            else if (piece.Kind == HudPieceKind.Badges)
            {
                PaneBadges.Draw(pen, piece.Area, panes[piece.Pane], frame, state, panes.Length == 1);
            }
        }
    }

    /// <summary>The line ends at the card where it would cross it.</summary>
    private int WipeBottom(int index, Pane pane, int foot, int x)
    {
        foreach (HudPiece piece in pieces)
            if (piece.Kind == HudPieceKind.Card && piece.Pane == index && x > piece.Area.X - pen.Scale.Gap && x < piece.Area.Right + pen.Scale.Gap)
                return piece.Area.Y;
        return Math.Min(foot, pane.Y + pane.Height);
    }
}
