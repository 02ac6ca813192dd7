using System.Diagnostics;
using Realtime.Viewer.Live;
using Realtime.Viewer.Overlay;
using Realtime.Viewer.Panes;

namespace Realtime.Viewer.Tests.Overlay;

public sealed class HudTests
{
    public static TheoryData<int, int> Sizes => new() { { 640, 360 }, { 1280, 720 }, { 2560, 1440 }, { 720, 1280 }, { 320, 200 }, { 97, 61 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Pieces_lie_within_their_panes_and_do_not_overlap(int width, int height)
    {
        foreach ((string name, ViewState state, PaneLayout layout) in Views())
            foreach (bool isPurified in (bool[])[true, false])
            {
                ShownFrame frame = Scenes.Frame();
                frame.IsPurified = isPurified;
                OverlayCanvas canvas = new(width, height);
                Pane[] panes = Scenes.Arrange(state, layout, width, height);
                Hud hud = new();

                hud.Draw(canvas, frame, state, panes, frame.Statistics, Stopwatch.GetTimestamp());

                if (isPurified && width >= 640 && (name == "plain" || Snapshot.IsWanted))
                    Snapshot.Write($"{width}x{height}-{name}", canvas, panes);
                Box window = new(0, 0, width, height);
                for (int i = 0; i < hud.Pieces.Count; i++)
                {
                    HudPiece piece = hud.Pieces[i];
                    Box around = piece.Pane < 0 ? window : new(panes[piece.Pane].X, panes[piece.Pane].Y, panes[piece.Pane].Width, panes[piece.Pane].Height);
                    // A window smaller than the help cuts it; all other pieces are left out where they have no room.
                    Assert.True(around.Contains(piece.Area) || (piece.Kind == HudPieceKind.Help && width < 640), $"{name}: {piece} is not within {around}");
                    for (int j = 0; j < i; j++)
                        Assert.False(piece.Area.Overlaps(hud.Pieces[j].Area) && width >= 640, $"{name}: {piece} overlaps {hud.Pieces[j]}");
                }
            }
    }

    [Theory]
    [InlineData(640, 360, 3)]
    [InlineData(1280, 720, 3)]
    [InlineData(2560, 1440, 3)]
    public void Every_pane_has_its_card(int width, int height, int cards)
    {
        for (int page = 0; page <= 3; page++)
        {
            ViewState state = Scenes.State();
            state.OverlayPage = page;
            ShownFrame frame = Scenes.Frame();
            Hud hud = new();

            hud.Draw(new OverlayCanvas(width, height), frame, state, Scenes.Arrange(state, PaneLayout.Automatic, width, height), frame.Statistics, 0);

            Assert.Equal(cards, hud.Pieces.Count(piece => piece.Kind == HudPieceKind.Card));
            Assert.Equal(1, hud.Pieces.Count(piece => piece.Kind == HudPieceKind.Badges));
            Assert.Equal(page > 0 ? 1 : 0, hud.Pieces.Count(piece => piece.Kind == HudPieceKind.Page));
        }
    }

    [Theory]
    [InlineData(3, true, false)]
    [InlineData(7, false, true)]
    [InlineData(-1, false, false)]
    public void Verdicts_are_green_and_red_only_where_the_truth_is_known(int truth, bool green, bool red)
    {
        ShownFrame frame = Scenes.Frame(truth);
        frame.Alarm = false;
        ViewState state = Scenes.State();
        OverlayCanvas canvas = new(640, 360);

        new Hud().Draw(canvas, frame, state, [new Pane(PanePicture.Raw, 0, 0, 640, 360)], frame.Statistics, 0);

        Assert.Equal(green, canvas.Pixels.Contains(Palette.Right.Covering(255)));
        Assert.Equal(red, canvas.Pixels.Contains(Palette.Wrong.Covering(255)));
    }

    [Fact]
    public void Drawing_allocates_nothing_once_warm()
    {
        OverlayCanvas canvas = new(1280, 720);
        ShownFrame frame = Scenes.Frame();
        Hud hud = new();
        (string Name, ViewState State, PaneLayout Layout)[] views = [.. Views()];
        Pane[][] panes = [.. views.Select(view => Scenes.Arrange(view.State, view.Layout, 1280, 720))];

        void DrawAll(int round)
        {
            for (int i = 0; i < views.Length; i++)
            {
                frame.Id = 1_234_567_890 + round;
                frame.Statistics.LatencyP99 = 9876.54321 / (round + 1);
                hud.Draw(canvas, frame, views[i].State, panes[i], frame.Statistics, Stopwatch.GetTimestamp());
                canvas.Rows.Uploaded();
            }
        }

        for (int round = 0; round < 12; round++)
            DrawAll(round);
        long before = GC.GetAllocatedBytesForCurrentThread();
        DrawAll(5);
        DrawAll(8);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static IEnumerable<(string Name, ViewState State, PaneLayout Layout)> Views()
    {
        yield return ("plain", Scenes.State(), PaneLayout.Automatic);
        for (int page = 1; page <= 3; page++)
            yield return ($"page{page}", With(state => (state.OverlayPage, state.Paused, state.Recording) = (page, true, true)), PaneLayout.Automatic);
        yield return ("help", With(state => (state.ShowHelp, state.Paused) = (true, true)), PaneLayout.Automatic);
        yield return ("wipe", With(state => (state.ShowWipe, state.WipeAt) = (true, 0.4f)), PaneLayout.Automatic);
        yield return ("four", With(state => (state.ShowDifference, state.AttackOn) = (true, false)), PaneLayout.Automatic);
        yield return ("off", With(state => (state.PurifierOn, state.Attack) = (false, "MI-FGSM")), PaneLayout.Automatic);
        yield return ("stacked", With(state => Scenes.Note(state, "screenshot written to pictures/realtime-2024-05-01-12.30.11.png")), PaneLayout.Stacked);
        yield return ("stacked-page", With(state => (state.OverlayPage, state.Paused) = (1, true)), PaneLayout.Stacked);
        yield return ("single", With(state => Scenes.Note(state, "recording to realtime.mp4")), PaneLayout.Single);
        yield return ("single-wipe", With(state => (state.ShowWipe, state.WipeAt) = (true, 0.999f)), PaneLayout.Single);
    }

    private static ViewState With(Action<ViewState> change)
    {
        ViewState state = Scenes.State();
        change(state);
        return state;
    }
}
