using Realtime.Viewer.App;
using Realtime.Viewer.Live;
using Realtime.Viewer.Overlay;
using Realtime.Viewer.Panes;
using Realtime.Viewer.Tests.Golden;

namespace Realtime.Viewer.Tests.Panes;

/// <summary>Only rows that changed are composed: the picture must be that of a composition of all rows.</summary>
public sealed class PartialCompositionTests(OffScreen offScreen) : IClassFixture<OffScreen>
{
    private const int Width = 500;
    private const int Height = 301;     // the last band is not whole

    [SkippableTheory]
    [InlineData(nameof(PaneLayout.SideBySide))]
    [InlineData(nameof(PaneLayout.Stacked))]
    public void What_changed_is_composed_and_the_rest_is_still_there(string arrangement)
    {
        PaneLayout layout = Enum.Parse<PaneLayout>(arrangement);
        ViewState state = GoldenScreen.All[0].State();
        ShownFrame frame = GoldenScreen.Frame();
        using Composer composer = new(offScreen.Device, frame.Width, frame.Height);
        composer.Resize(Width, Height);
        OverlayCanvas canvas = new(Width, Height);
        Hud hud = new();

        Action[] changes =
        [
            () => { },
            () => frame.Id++,
            () => frame.Purified.AsSpan().Reverse(),
            () => frame.Raw.AsSpan().Fill(200),
            () => { },
            () => state.Zoom = 3,
            () => frame.Attacked.AsSpan().Reverse(),
            () => (state.CentreX, state.CentreY) = (0.3f, 0.7f),
            () => frame.Raw.AsSpan().Fill(90),
            () => state.ShowWipe = true,
            () => state.WipeAt = 0.2f,
            () => (state.ShowDifference, state.OverlayPage) = (true, 1),
            () => frame.Purified.AsSpan().Reverse(),
            () => (state.Zoom, state.ShowHelp) = (1, true),
            () => state.ShowHelp = false,
        ];
        for (int step = 0; step < changes.Length; step++)
        {
            changes[step]();
            byte[] wanted = StillPicture.Draw(offScreen.Device, frame, state, layout, (Width, Height), now: 0);
            Assert.True(wanted.AsSpan().SequenceEqual(Draw(composer, canvas, hud, frame, state, layout)), $"after step {step}");
        }
    }

    [SkippableFact]
    public void Where_nothing_changed_nothing_is_submitted()
    {
        ViewState state = GoldenScreen.All[0].State();
        ShownFrame frame = GoldenScreen.Frame();
        using Composer composer = new(offScreen.Device, frame.Width, frame.Height);
        composer.Resize(Width, Height);
        Pane[] panes = [new Pane(PanePicture.Raw, 0, 0, Width, Height)];
        composer.Load(frame);
        ulong first = composer.Compose(panes, state);
        Assert.Equal(first, composer.Compose(panes, state));

        composer.LoadOverlay(new uint[Width * Height], 0, Height);      // empty, as it was
        Assert.Equal(first, composer.Compose(panes, state));
        composer.Load(frame);
        Assert.Equal(first + 1, composer.Compose(panes, state));
    }

    private static byte[] Draw(Composer composer, OverlayCanvas canvas, Hud hud, ShownFrame frame, ViewState state, PaneLayout layout)
    {
        Span<Pane> panes = stackalloc Pane[PaneArranger.Most];
        int count = PaneArranger.Arrange(state, layout, Width, Height, panes);
        hud.Draw(canvas, frame, state, panes[..count], frame.Statistics, now: 0);
        for (int row = 0; canvas.Rows.NextRun(row, out int top, out int bottom); row = bottom)
            composer.LoadOverlay(canvas.Pixels, top, bottom - top);
        canvas.Rows.Uploaded();
        composer.Load(frame);
        composer.Compose(panes[..count], state);
        composer.Wait();
        byte[] picture = new byte[Width * Height * 3];
        composer.Read(picture);
        return picture;
    }
}
