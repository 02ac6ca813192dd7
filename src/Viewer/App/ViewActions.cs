using System.Diagnostics;
using Realtime.Viewer.Live;
using Realtime.Viewer.Panes;

namespace Realtime.Viewer.App;

/// <summary>Everything a key or the mouse can ask for. Used from the window's thread; what takes time is done beside it.</summary>
internal sealed class ViewActions : IDisposable
{
    private const double NoteSeconds = 2.5;
    private const float MostZoom = 32;

    private readonly LiveEngine engine;
    private readonly PurifierSwitch purifiers;
    private bool isFailureTold;

    public ViewActions(ViewSettings settings, LiveEngine engine)
    {
        this.engine = engine;
        purifiers = new PurifierSwitch(settings.Precision, engine, Note);
        (Layout, IsFullscreen) = (settings.Layout, settings.IsFullscreen);
    }

    /// <summary>How the panes share the window.</summary>
    public PaneLayout Layout { get; private set; }

    /// <summary>How long what is asked for takes to be seen.</summary>
    public AnswerTime Answers { get; } = new();

    /// <summary>Whether the next picture is to be kept.</summary>
    public bool ScreenshotWanted { get; set; }

    /// <summary>Whether the window is to fill the screen.</summary>
    public bool IsFullscreen { get; private set; }

    /// <summary>Whether the window is to close.</summary>
    public bool IsQuitting { get; private set; }

    private ViewState State => engine.State;

    public void TogglePause()
    {
        engine.Pause(!State.Paused);
        Note(State.Paused ? "paused; . shows the next frame" : "goes on");
    }

    public void Step()
    {
        if (!State.Paused)
            engine.Pause(true);
        engine.Step();
    }

    /// <summary>Goes on or back in the source, from where the last seek leads to.</summary>
    public void SeekBy(double seconds) => SeekTo((double.IsNaN(engine.Wanted) ? engine.Position : engine.Wanted) + seconds);

    /// <summary>Goes to a place in the source, in seconds from its start.</summary>
    public void SeekTo(double seconds)
    {
        if (engine.CanSeek)
            engine.Seek(seconds);
        else
            Note($"cannot seek: {State.Source} is a stream");
    }

    /// <summary>Tells once that the source broke off; throws what broke beside the window's thread.</summary>
    public void TellFailures()
    {
        purifiers.ThrowIfBroken();
        if (isFailureTold || engine.SourceFailure is not string failure)
            return;
        isFailureTold = true;
        Note(failure, 60);
    }

    public void ToggleAttack() => Note((State.AttackOn = !State.AttackOn) ? $"attack on: {State.Attack}" : "attack off");

    public void ChooseAttack(int index)
    {
        State.Attack = LiveAttacks.Names[index];
        State.AttackOn = true;
        Note($"attack: {State.Attack}");
    }

    public void ChangeEps(int by)
    {
        State.Eps = Math.Clamp(State.Eps + by, 1, 64);
        Note($"eps {State.Eps}/255");
    }

    public void ChangeSteps(int by)
    {
        State.Steps = Math.Clamp(State.Steps + by, 1, 200);
        Note($"{State.Steps} steps");
    }

    public void TogglePurifier() => Note((State.PurifierOn = !State.PurifierOn) ? "purifier on" : "purifier off");

    public void NextModel() => purifiers.NextModel();

    public void NextDevice() => purifiers.NextDevice();

    public void ToggleDifference() => State.ShowDifference = !State.ShowDifference;

    public void ToggleWipe() => State.ShowWipe = !State.ShowWipe;

    public void NextLayout()
    {
        Layout = (PaneLayout)(((int)Layout + 1) % 4);
        Note(Layout switch { PaneLayout.SideBySide => "side by side", PaneLayout.Stacked => "stacked", PaneLayout.Single => "single", _ => "layout by the window's shape" });
    }

    public void NextOverlay() => State.OverlayPage = (State.OverlayPage + 1) % 4;

    public void ToggleHelp() => State.ShowHelp = !State.ShowHelp;

    public void ToggleFullscreen() => IsFullscreen = !IsFullscreen;

    public void ToggleRecording() => State.Recording = !State.Recording;

    public void TakeScreenshot() => ScreenshotWanted = true;

    public void Quit() => IsQuitting = true;

    /// <summary>Zooms about a point.</summary>
    /// <param name="factor">Above 1 to come closer.</param>
    public void ZoomBy(float factor)
    {
        State.Zoom = Math.Clamp(State.Zoom * factor, 1, MostZoom);
        Pan(0, 0);
    }

    /// <summary>Moves the view by parts of the picture; at zoom 1 there is nowhere to go.</summary>
    public void Pan(float x, float y)
    {
        float room = 0.5f - (0.5f / State.Zoom);
        State.CentreX = Math.Clamp(State.CentreX + x, 0.5f - room, 0.5f + room);
        State.CentreY = Math.Clamp(State.CentreY + y, 0.5f - room, 0.5f + room);
    }

    public void MoveWipe(float at) => State.WipeAt = Math.Clamp(at, 0, 1);

    /// <summary>Shows a line for a moment.</summary>
    public void Note(string text, double seconds = NoteSeconds)
    {
        State.Note = text;
        State.NoteUntil = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
    }

    /// <summary>Waits for what is being opened.</summary>
    public void Dispose() => purifiers.Dispose();
}
