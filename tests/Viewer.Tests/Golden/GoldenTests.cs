using System.Runtime.CompilerServices;
using Realtime.Viewer.App;
using Realtime.Viewer.Live;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Viewer.Tests.Golden;

/// <summary>
/// Whole screens against pictures that were looked at. REALTIME_WRITE_GOLDEN=1 ./realtime test --filter Golden writes them anew: look at them
/// before they are committed.
/// </summary>
public sealed class GoldenTests(OffScreen offScreen) : IClassFixture<OffScreen>
{
    private static readonly bool IsWriting = Environment.GetEnvironmentVariable("REALTIME_WRITE_GOLDEN") == "1";

    public static TheoryData<string, int, int> Screens
    {
        get
        {
            TheoryData<string, int, int> screens = [];
            foreach (GoldenScreen screen in GoldenScreen.All)
            {
                foreach ((int width, int height) in screen.Sizes)
                    screens.Add(screen.Name, width, height);
            }

            return screens;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Screens))]
    public void Screens_look_as_they_did(string name, int width, int height)
    {
        byte[] drawn = Draw(name, (width, height));
        string golden = PathOf($"{name}-{width}x{height}.png");
        if (IsWriting)
            Save(golden, drawn, width, height);

        Assert.True(File.Exists(golden), $"there is no '{golden}'; REALTIME_WRITE_GOLDEN=1 writes it");
        using Image<Rgb24> picture = Image.Load<Rgb24>(golden);
        Assert.Equal((width, height), (picture.Width, picture.Height));
        byte[] wanted = new byte[drawn.Length];
        picture.CopyPixelDataTo(wanted);
        Tolerance off = Tolerance.Between(wanted, drawn), allowed = name == "graphs" ? Tolerance.Curves : Tolerance.Drivers;
        if (allowed.Allows(off))
            return;

        string seen = Path.Combine(Path.GetTempPath(), "realtime-golden", Path.GetFileName(golden));
        Save(seen, drawn, width, height);
        Assert.Fail($"'{golden}' looks otherwise: {off}, allowed is {allowed}. See '{seen}'; if it is right, REALTIME_WRITE_GOLDEN=1 takes it over.");
    }

    [SkippableFact]
    public void Small_changes_are_noticed()
    {
        byte[] before = Draw("panes", (640, 360));
        Assert.Equal(default, Tolerance.Between(before, Draw("panes", (640, 360))));

        // Another digit, a pane that moved by a pixel, a perturbation of another frame, a verdict in the wrong colour.
        Assert.False(Tolerance.Drivers.Allows(Tolerance.Between(before, Draw("panes", (640, 360), frame => frame.Id++))));
        Assert.False(Tolerance.Drivers.Allows(Tolerance.Between(before, Draw("panes", (640, 360), view: state => state.CentreX += 1f / 200))));
        Assert.False(Tolerance.Drivers.Allows(Tolerance.Between(before, Draw("panes", (640, 360), frame => frame.Purified.AsSpan().Reverse()))));
        Assert.False(Tolerance.Drivers.Allows(Tolerance.Between(before, Draw("panes", (640, 360), frame => frame.TrueLabel = 7))));
    }

    [Fact]
    public void No_picture_is_without_its_screen_and_together_they_are_small()
    {
        string[] files = Directory.GetFiles(PathOf(""));

        Assert.Equal(
            GoldenScreen.All.SelectMany(screen => screen.Sizes.Select(size => $"{screen.Name}-{size.Width}x{size.Height}.png")).Order(StringComparer.Ordinal),
            files.Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Assert.InRange(files.Sum(file => new FileInfo(file).Length), 1, 650_000);
    }

    private byte[] Draw(string name, (int Width, int Height) size, Action<ShownFrame>? change = null, Action<ViewState>? view = null)
    {
        GoldenScreen screen = Array.Find(GoldenScreen.All, known => known.Name == name)!;
        ShownFrame frame = GoldenScreen.Frame();
        ViewState state = screen.State();
        change?.Invoke(frame);
        view?.Invoke(state);
        return StillPicture.Draw(offScreen.Device, frame, state, screen.Layout, size, now: 0);
    }

    private static void Save(string path, byte[] pixels, int width, int height)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Screenshot.Save(path, pixels, width, height);
    }

    private static string PathOf(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "pictures", name);
}
