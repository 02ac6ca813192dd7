using Realtime.Filter.Frames;
using Realtime.Filter.Solids;
using Realtime.Viewer.Live;
using Realtime.Viewer.Panes;
using Realtime.Viewer.Tests.Overlay;

namespace Realtime.Viewer.Tests.Golden;

/// <summary>A screen of which there is a golden picture: nothing in it depends on the clock, the purifier or the machine.</summary>
/// <param name="Name">Of the picture.</param>
/// <param name="Layout">How its panes share it.</param>
/// <param name="Change">What the user has chosen.</param>
/// <param name="HasLarge">Whether there is one of 1280x720 too, and not 640x360 alone: each is some 60 kB.</param>
internal sealed record GoldenScreen(string Name, PaneLayout Layout, Action<ViewState> Change, bool HasLarge = false)
{
    private const int Eps = 8;

    /// <summary>All of them.</summary>
    public static readonly GoldenScreen[] All =
    [
        new("panes", PaneLayout.Automatic, _ => { }, HasLarge: true),
        new("wipe", PaneLayout.Automatic, state => (state.ShowWipe, state.WipeAt) = (true, 0.4f), HasLarge: true),
        new("difference", PaneLayout.Single, state => (state.ShowDifference, state.AttackOn) = (true, false)),
        new("zoomed", PaneLayout.SideBySide, state => (state.Zoom, state.CentreX, state.CentreY, state.Paused) = (3, 0.45f, 0.6f, true)),
        new("stacked", PaneLayout.Stacked, state => (state.Note, state.NoteUntil) = ("screenshot: realtime.png", long.MaxValue)),
        new("figures", PaneLayout.Automatic, state => (state.OverlayPage, state.Recording) = (1, true), HasLarge: true),
        new("graphs", PaneLayout.Automatic, state => state.OverlayPage = 2),
        new("short-keys", PaneLayout.Automatic, state => state.OverlayPage = 3),
        new("keys", PaneLayout.Automatic, state => state.ShowHelp = true, HasLarge: true),
    ];

    /// <summary>Sizes of its pictures.</summary>
    public (int Width, int Height)[] Sizes => HasLarge ? [(640, 360), (1280, 720)] : [(640, 360)];

    /// <summary>What the user has chosen on it.</summary>
    public ViewState State()
    {
        ViewState state = Scenes.State();
        Change(state);
        return state;
    }

    /// <summary>A frame of the solids scene; the attack moves every pixel up or down by eps, the purifier takes three quarters of that away.</summary>
    public static ShownFrame Frame()
    {
        ShownFrame frame = Scenes.Frame(width: 32, height: 18);      // few pixels make small files
        using SolidsSource scene = new(new SolidsOptions(Seed: 2, Width: frame.Width, Height: frame.Height));
        FrameSlot slot = new(scene.Format);
        for (int i = 0; i < 12; i++)
            Assert.True(scene.TryRead(slot, CancellationToken.None));
        slot.Raw.CopyTo(frame.Raw, 0);
        Random random = new(1);
        for (int i = 0, by = 0; i < frame.Raw.Length; i++)
        {
            if (i % 3 == 0)
                by = random.Next(2) == 0 ? Eps : -Eps;
            frame.Attacked[i] = (byte)Math.Clamp(frame.Raw[i] + by, 0, 255);
            frame.Purified[i] = (byte)Math.Clamp(frame.Raw[i] + (by / 4), 0, 255);
        }

        return frame;
    }
}
