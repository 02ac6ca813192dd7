using Silk.NET.Input;

namespace Realtime.Viewer.App;

/// <summary>Which key does what; the page that H shows says the same.</summary>
internal static class KeyMap
{
    private static readonly Dictionary<Key, Action<ViewActions>> Bound = new()
    {
        [Key.Space] = actions => actions.TogglePause(),
        [Key.Period] = actions => actions.Step(),
        [Key.A] = actions => actions.ToggleAttack(),
        [Key.Number1] = actions => actions.ChooseAttack(0),
        [Key.Number2] = actions => actions.ChooseAttack(1),
        [Key.Number3] = actions => actions.ChooseAttack(2),
        [Key.Number4] = actions => actions.ChooseAttack(3),
        [Key.Number5] = actions => actions.ChooseAttack(4),
        [Key.Equal] = actions => actions.ChangeEps(1),
        [Key.KeypadAdd] = actions => actions.ChangeEps(1),
        [Key.Minus] = actions => actions.ChangeEps(-1),
        [Key.KeypadSubtract] = actions => actions.ChangeEps(-1),
        [Key.RightBracket] = actions => actions.ChangeSteps(1),
        [Key.LeftBracket] = actions => actions.ChangeSteps(-1),
        [Key.P] = actions => actions.TogglePurifier(),
        [Key.M] = actions => actions.NextModel(),
        [Key.G] = actions => actions.NextDevice(),
        [Key.D] = actions => actions.ToggleDifference(),
        [Key.W] = actions => actions.ToggleWipe(),
        [Key.Z] = actions => actions.ZoomBy(2),
        [Key.X] = actions => actions.ZoomBy(0.5f),
        [Key.Left] = actions => actions.SeekBy(-5),
        [Key.Right] = actions => actions.SeekBy(5),
        [Key.Down] = actions => actions.SeekBy(-60),
        [Key.Up] = actions => actions.SeekBy(60),
        [Key.PageDown] = actions => actions.SeekBy(-60),
        [Key.PageUp] = actions => actions.SeekBy(60),
        [Key.Home] = actions => actions.SeekTo(0),
        [Key.I] = actions => actions.NextOverlay(),
        [Key.Tab] = actions => actions.NextLayout(),
        [Key.S] = actions => actions.TakeScreenshot(),
        [Key.R] = actions => actions.ToggleRecording(),
        [Key.F] = actions => actions.ToggleFullscreen(),
        [Key.H] = actions => actions.ToggleHelp(),
        [Key.F1] = actions => actions.ToggleHelp(),
        [Key.Q] = actions => actions.Quit(),
        [Key.Escape] = actions => actions.Quit(),
    };

    private static readonly Dictionary<Key, Action<ViewActions>> BoundWithShift = new()
    {
        [Key.Left] = actions => actions.Pan(-0.05f, 0),
        [Key.Right] = actions => actions.Pan(0.05f, 0),
        [Key.Up] = actions => actions.Pan(0, -0.05f),
        [Key.Down] = actions => actions.Pan(0, 0.05f),
    };

    /// <summary>All keys that do something.</summary>
    public static IReadOnlyCollection<Key> Keys => Bound.Keys;

    /// <summary>All keys that do something else with a shift key held.</summary>
    public static IReadOnlyCollection<Key> KeysWithShift => BoundWithShift.Keys;

    /// <summary>Does what a key asks for.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isShifted">Whether a shift key is held with it.</param>
    /// <param name="actions">Does it.</param>
    public static void Press(Key key, bool isShifted, ViewActions actions)
    {
        if ((isShifted && BoundWithShift.TryGetValue(key, out Action<ViewActions>? act)) || Bound.TryGetValue(key, out act))
            act(actions);
    }
}
