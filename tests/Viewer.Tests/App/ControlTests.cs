using Realtime.Filter.Frames;
using Realtime.Filter.Video;
using Realtime.Viewer.App;
using Realtime.Viewer.Overlay;
using Realtime.Viewer.Panes;
using Realtime.Viewer.Tests.Windowing;
using Silk.NET.Input;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Viewer.Tests.App;

/// <summary>Every control of the application, as X brings it.</summary>
public sealed class ControlTests : SessionTest
{
    private readonly Dictionary<Key, Control> controls;

    public ControlTests(Screen screen)
        : base(screen) => controls = new()
        {
            [Key.Space] = new("space", "Space", PausesAndGoesOn),
            [Key.Period] = new("period", ".", StepsByOneFrame),
            [Key.A] = new("a", "A", symbol => Toggles(symbol, () => State.AttackOn)),
            [Key.Number1] = new("1", "1-5", symbol => ChoosesAttack(symbol, "FGSM")),
            [Key.Number2] = new("2", "1-5", symbol => ChoosesAttack(symbol, "PGD")),
            [Key.Number3] = new("3", "1-5", symbol => ChoosesAttack(symbol, "MI-FGSM")),
            [Key.Number4] = new("4", "1-5", symbol => ChoosesAttack(symbol, "noise")),
            [Key.Number5] = new("5", "1-5", ComputesAUniversalPerturbation),
            [Key.Equal] = new("equal", "+ -", symbol => ChangesEps(symbol, 1)),
            [Key.KeypadAdd] = new("KP_Add", "+ -", symbol => ChangesEps(symbol, 1)),
            [Key.Minus] = new("minus", "+ -", symbol => ChangesEps(symbol, -1)),
            [Key.KeypadSubtract] = new("KP_Subtract", "+ -", symbol => ChangesEps(symbol, -1)),
            [Key.RightBracket] = new("bracketright", "[ ]", symbol => ChangesSteps(symbol, 1)),
            [Key.LeftBracket] = new("bracketleft", "[ ]", symbol => ChangesSteps(symbol, -1)),
            [Key.P] = new("p", "P", symbol => Toggles(symbol, () => State.PurifierOn)),
            // Before the model changes: the larger ones take Mesa's driver for the CPU a minute a frame where the cores are busy.
            [Key.G] = new("g", "G", SwapsTheDevice),
            [Key.M] = new("m", "M", SwapsTheModel),
            [Key.D] = new("d", "D", symbol => Toggles(symbol, () => Shows(PanePicture.Difference))),
            [Key.W] = new("w", "W", symbol => Toggles(symbol, () => Shows(PanePicture.Wipe))),
            [Key.Z] = new("z", "Z X", symbol => Zooms(symbol, from: 1, to: 2)),
            [Key.X] = new("x", "Z X", symbol => Zooms(symbol, from: 4, to: 2)),
            [Key.Left] = new("Left", "← →", symbol => Seeks(symbol, from: 12, to: 7)),
            [Key.Right] = new("Right", "← →", symbol => Seeks(symbol, from: 12, to: 17)),
            [Key.Down] = new("Down", "↓ ↑", symbol => Seeks(symbol, from: 12, to: 0)),
            [Key.Up] = new("Up", "↓ ↑", symbol => Seeks(symbol, from: 12, to: 19.96)),
            [Key.PageDown] = new("Next", "↓ ↑", symbol => Seeks(symbol, from: 12, to: 0)),
            [Key.PageUp] = new("Prior", "↓ ↑", symbol => Seeks(symbol, from: 12, to: 19.96)),
            [Key.Home] = new("Home", "Home", symbol => Seeks(symbol, from: 12, to: 0)),
            [Key.I] = new("i", "I", TurnsPages),
            [Key.Tab] = new("Tab", "Tab", ChangesTheLayout),
            [Key.S] = new("s", "S", WritesAScreenshot),
            [Key.R] = new("r", "R", RecordsAVideo),
            [Key.F] = new("f", "F", FillsTheScreen),
            [Key.H] = new("h", "H", symbol => Toggles(symbol, () => State.ShowHelp)),
            [Key.F1] = new("F1", "H", symbol => Toggles(symbol, () => State.ShowHelp)),
            [Key.Q] = new("q", "Q", Quits),
            [Key.Escape] = new("Escape", "Q", Quits),
        };

    [SkippableFact]
    public void Every_key_does_what_it_says()
    {
        Assert.Equal(KeyMap.Keys.Order(), controls.Keys.Order());
        Assert.Equal(KeyHelp.All.Select(help => help.Key).Where(key => key != "Shift").Order(), controls.Values.Select(control => control.Help).Distinct().Order());

        Begin();
        foreach (Control control in controls.Values)
            control.Check(control.Symbol);
    }

    [SkippableFact]
    public void With_shift_the_arrows_move_all_panes()
    {
        Dictionary<Key, (string Symbol, float X, float Y)> arrows = new()
        {
            [Key.Left] = ("Left", -0.05f, 0),
            [Key.Right] = ("Right", 0.05f, 0),
            [Key.Up] = ("Up", 0, -0.05f),
            [Key.Down] = ("Down", 0, 0.05f),
        };
        Assert.Equal(KeyMap.KeysWithShift.Order(), arrows.Keys.Order());

        Begin();
        X.Hold(XWindow, "Shift_L");
        foreach ((string symbol, float x, float y) in arrows.Values)
            Pans(symbol, x, y);
        X.LetGo(XWindow, "Shift_L");
        Assert.True(double.IsNaN(State.Wanted));
    }

    [SkippableFact]
    public void The_line_at_the_foot_goes_to_any_place_paused_or_not()
    {
        Begin();
        Box zone = ProgressLine.Zone(Width, Height);
        int y = zone.Y + (zone.Height / 2), middle = zone.X + (zone.Width / 2), quarter = zone.X + (zone.Width / 4);
        Press("space", () => State.Paused);
        StandsStill();
        X.Drag(XWindow, (middle, y), (quarter, y));
        TurnUntil(() => Math.Abs(Session.Engine.Position - 5) < 0.1 && double.IsNaN(State.Wanted));
        Assert.Equal(0, Session.Painter.Unpurified);
        Assert.Equal(0.5f, State.CentreX);

        Press("space", () => !State.Paused);
        X.Drag(XWindow, (quarter, y), (middle, y));
        TurnUntil(() => Session.Engine.Position is > 9.9 and < 12);
    }

    [SkippableFact]
    public void The_wheel_zooms_and_a_drag_moves_all_panes()
    {
        Begin();
        X.Move(XWindow, 100, 100);
        X.Click(XWindow, 4, 100, 100);
        TurnUntil(() => State.Zoom == 1.2f);
        X.Click(XWindow, 5, 100, 100);
        TurnUntil(() => State.Zoom == 1);
        for (int i = 0; i < 8; i++)
            X.Click(XWindow, 4, 100, 100);
        TurnUntil(() => State.Zoom > 4.2f);

        // A picture of 64x64 fits 211x360 at 211 pixels; at this zoom 10 pixels of the window are so many parts of a pane.
        Pane pane = Session.Painter.Panes.Span[0];
        float zoom = State.Zoom;
        X.Drag(XWindow, (120, 150), (110, 160));
        TurnUntil(() => State.CentreX != 0.5f && State.CentreY != 0.5f);
        Turn(1);
        Assert.Equal(0.5f + (10 / (pane.Width * zoom)), State.CentreX, 1e-4f);
        Assert.Equal(0.5f - (10 / (pane.Height * zoom)), State.CentreY, 1e-4f);

        X.Move(XWindow, 300, 300);
        float centre = State.CentreX;
        Turn(3);
        Assert.Equal(centre, State.CentreX);    // the button is up
    }

    [SkippableFact]
    public void The_line_of_the_wipe_is_dragged()
    {
        Begin();
        Press("w", () => Shows(PanePicture.Wipe));
        Pane pane = Session.Painter.Panes.Span[1];
        int line = pane.X + (pane.Width / 2), goal = pane.X + (pane.Width / 4);

        X.Drag(XWindow, (line + 3, 100), (goal, 120));
        TurnUntil(() => State.WipeAt != 0.5f);
        Turn(1);
        Assert.Equal(0.25f, State.WipeAt, 0.01f);
        Assert.Equal(0.5f, State.CentreX);

        X.Drag(XWindow, (goal, 100), (5, 100));
        TurnUntil(() => State.WipeAt == 0);     // outside the pane it stops at its edge
        X.Drag(XWindow, (line + 60, 100), (line, 100));
        Turn(3);
        Assert.Equal(0, State.WipeAt);          // far from the line a drag is not the line's
    }

    [SkippableFact]
    public void The_title_bar_says_the_essentials()
    {
        Begin();
        TurnUntil(() => Session.Window.Title == "Realtime: solids:seconds=20,seed=2, PGD 8/255, maep-solids on cpu");
        Press("a", () => !State.AttackOn);
        X.Type(XWindow, "p");
        TurnUntil(() => Session.Window.Title == "Realtime: solids:seconds=20,seed=2, no attack, purifier off on cpu");
    }

    private bool Shows(PanePicture picture)
    {
        foreach (Pane pane in Session.Painter.Panes.Span)
        {
            if (pane.Picture == picture)
                return true;
        }

        return false;
    }

    private void Toggles(string symbol, Func<bool> isOn)
    {
        bool first = isOn();
        Press(symbol, () => isOn() != first);
        Press(symbol, () => isOn() == first);
    }

    private void PausesAndGoesOn(string symbol)
    {
        Press(symbol, () => State.Paused);
        long id = StandsStill();
        Press(symbol, () => !State.Paused);
        TurnUntil(() => Session.Painter.FrameId > id + 1);
    }

    private void StepsByOneFrame(string symbol)
    {
        // The first press stops, and lets one through.
        Press(symbol, () => State.Paused);
        long id = StandsStill();
        for (int step = 1; step <= 3; step++)
        {
            X.Type(XWindow, symbol);
            TurnUntil(() => Session.Painter.FrameId != id);
            Assert.Equal(++id, StandsStill());
        }

        Press("space", () => !State.Paused);
    }

    /// <summary>Waits until what was on its way is shown.</summary>
    private long StandsStill()
    {
        TurnUntil(() => Session.Engine.LastBeforePause == Session.Painter.FrameId, "standing still");
        return Session.Painter.FrameId;
    }

    private void ChoosesAttack(string symbol, string attack)
    {
        State.Attack = attack == "FGSM" ? "PGD" : "FGSM";
        State.AttackOn = false;
        Press(symbol, () => State.Attack == attack && State.AttackOn);
    }

    private void ComputesAUniversalPerturbation(string symbol)
    {
        ChoosesAttack(symbol, "universal");
        TurnUntil(() => State.Computing.Total > 0, symbol);
        TurnUntil(() => State.Computing.Total == 0, symbol);
        ChoosesAttack("1", "FGSM");
    }

    private void ChangesEps(string symbol, int by)
    {
        int eps = State.Eps;
        Press(symbol, () => State.Eps == eps + by);
        State.Eps = by > 0 ? 64 : 1;
        X.Type(XWindow, symbol);
        Turn(2);
        Assert.Equal(by > 0 ? 64 : 1, State.Eps);
        State.Eps = 8;
    }

    private void ChangesSteps(string symbol, int by)
    {
        State.Steps = 10;
        Press(symbol, () => State.Steps == 10 + by);
        State.Steps = 2;
    }

    private void SwapsTheModel(string symbol)
    {
        string first = State.Model;
        Press(symbol, () => State.Model != first);
        long id = Session.Painter.FrameId;
        TurnUntil(() => Session.Painter.FrameId > id + 2);      // the new one works
        Assert.Equal(0, Session.Painter.Unpurified);
    }

    private void SwapsTheDevice(string symbol)
    {
        long unpurified = Session.Painter.Unpurified;
        Press(symbol, () => State.Device == "vulkan" && State.Note.StartsWith("purifier: ", StringComparison.Ordinal));
        long id = Session.Painter.FrameId;
        TurnUntil(() => Session.Painter.FrameId > id + 2);
        // Round until the processor's turn comes again; what is refused on the way says why and changes nothing.
        while (State.Device != "cpu")
        {
            string device = State.Device;
            X.Type(XWindow, symbol);
            Turn(1);
            TurnUntil(() => !State.Note.StartsWith("opening ", StringComparison.Ordinal), symbol);
            Assert.True(State.Device != device || State.Note.EndsWith($" on {device}.", StringComparison.Ordinal), State.Note);
        }

        Assert.Equal(unpurified, Session.Painter.Unpurified);
    }

    private void Zooms(string symbol, float from, float to)
    {
        State.Zoom = from;
        Press(symbol, () => State.Zoom == to);
        State.Zoom = 1;
    }

    private void Seeks(string symbol, double from, double to)
    {
        Session.Engine.Pause(true);
        Session.Engine.Seek(from);
        TurnUntil(() => Session.Engine.Position == from && double.IsNaN(Session.Engine.Wanted));
        long number = Session.Painter.FrameId;
        Press(symbol, () => Session.Engine.Position == to);
        Assert.True(Session.Painter.FrameId > number);
        Session.Engine.Pause(false);
    }

    private void Pans(string symbol, float x, float y)
    {
        State.Zoom = 2;
        (State.CentreX, State.CentreY) = (0.5f, 0.5f);
        Press(symbol, () => State.CentreX == 0.5f + x && State.CentreY == 0.5f + y);
        for (int more = 0; more < 8; more++)
            X.Type(XWindow, symbol);
        TurnUntil(() => Math.Abs(State.CentreX - 0.5f) == (x == 0 ? 0 : 0.25f) && Math.Abs(State.CentreY - 0.5f) == (y == 0 ? 0 : 0.25f));    // the picture's edge
        (State.Zoom, State.CentreX, State.CentreY) = (1, 0.5f, 0.5f);
    }

    private void TurnsPages(string symbol)
    {
        for (int page = 1; page <= 4; page++)
            Press(symbol, () => State.OverlayPage == page % 4);
    }

    private void ChangesTheLayout(string symbol)
    {
        foreach (PaneLayout layout in (PaneLayout[])[PaneLayout.SideBySide, PaneLayout.Stacked, PaneLayout.Single, PaneLayout.Automatic])
            Press(symbol, () => Session.Actions.Layout == layout);
    }

    private void WritesAScreenshot(string symbol)
    {
        Press(symbol, () => State.Note.StartsWith("screenshot: ", StringComparison.Ordinal));
        string file = Assert.Single(Directory.GetFiles(Folder, "*.png"));
        Assert.Equal($"screenshot: {Path.GetFileName(file)}", State.Note);
        using Image<Rgb24> picture = Image.Load<Rgb24>(file);
        Assert.Equal((Width, Height), (picture.Width, picture.Height));
    }

    private void RecordsAVideo(string symbol)
    {
        Press(symbol, () => State.Note.StartsWith("recording: ", StringComparison.Ordinal));
        Turn(30);
        Press(symbol, () => State.Note.StartsWith("recorded ", StringComparison.Ordinal));
        Assert.False(State.Recording);

        string file = Assert.Single(Directory.GetFiles(Folder, "*.mp4"));
        Assert.EndsWith(Path.GetFileName(file), State.Note, StringComparison.Ordinal);
        using IFrameSource video = FrameSources.Open(file);
        Assert.Equal((Width, Height), (video.Format.Width, video.Format.Height));
        FrameSlot slot = new(video.Format);
        long last = -1;
        int frames = 0;
        for (; video.TryRead(slot, CancellationToken.None); frames++)
        {
            Assert.True(slot.Pts > last, $"frame {frames} is not after the one before");
            last = slot.Pts;
        }

        Assert.Equal($"recorded {frames} pictures: {Path.GetFileName(file)}", State.Note);
        Assert.InRange(frames, 2, 31);
    }

    private void FillsTheScreen(string symbol)
    {
        Press(symbol, () => Session.Window.Extent is { Width: Screen.Width, Height: Screen.Height });
        Turn(3);
        Press(symbol, () => Session.Window.Extent is { Width: Width, Height: Height });
        Turn(3);
    }

    private void Quits(string symbol)
    {
        Press(symbol, () => Session.IsOver);
        End();
        Begin();
    }

    /// <summary>A key, by the names of X and of the help page, and what shows that it works.</summary>
    private sealed record Control(string Symbol, string Help, Action<string> Check);
}
