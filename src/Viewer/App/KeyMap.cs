using Silk.NET.Input;

namespace Realtime.Viewer.App;

/// <summary>Which key does what; the page that H shows says the same.</summary>
internal static class KeyMap
{
    /// <summary>Does what a key asks for.</summary>
    public static void Press(Key key, ViewActions actions)
    {
        switch (key)
        {
            case Key.Space: actions.TogglePause(); break;
            case Key.Period: actions.Step(); break;
            case Key.A: actions.ToggleAttack(); break;
            case >= Key.Number1 and <= Key.Number4: actions.ChooseAttack(key - Key.Number1); break;
            case Key.Equal or Key.KeypadAdd: actions.ChangeEps(1); break;
            case Key.Minus or Key.KeypadSubtract: actions.ChangeEps(-1); break;
            case Key.RightBracket: actions.ChangeSteps(1); break;
            case Key.LeftBracket: actions.ChangeSteps(-1); break;
            case Key.P: actions.TogglePurifier(); break;
            case Key.M: actions.NextModel(); break;
            case Key.D: actions.ToggleDifference(); break;
            case Key.W: actions.ToggleWipe(); break;
            case Key.Z: actions.ZoomBy(2); break;
            case Key.X: actions.ZoomBy(0.5f); break;
            case Key.Left: actions.Pan(-0.05f, 0); break;
            case Key.Right: actions.Pan(0.05f, 0); break;
            case Key.Up: actions.Pan(0, -0.05f); break;
            case Key.Down: actions.Pan(0, 0.05f); break;
            case Key.I: actions.NextOverlay(); break;
            case Key.Tab: actions.NextLayout(); break;
            case Key.S: actions.TakeScreenshot(); break;
            case Key.R: actions.ToggleRecording(); break;
            case Key.F: actions.ToggleFullscreen(); break;
            case Key.H or Key.F1: actions.ToggleHelp(); break;
            case Key.Q or Key.Escape: actions.Quit(); break;
            default: break;
        }
    }
}
