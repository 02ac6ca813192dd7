using System.Diagnostics;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Viewer.App;
using Realtime.Viewer.Live;
using Realtime.Viewer.Panes;
using Realtime.Viewer.Tests.Windowing;

namespace Realtime.Viewer.Tests.App;

/// <summary>
/// The application in its window on the tests' screen, with the validation layer watching: a test that it complains about fails. Files that
/// the application writes go to a folder of the test's own.
/// </summary>
[Collection(OnScreen.Name)]
public abstract class SessionTest : IDisposable
{
    protected const int Width = 640;
    protected const int Height = 360;

    private readonly Screen screen;
    private readonly string before = Environment.CurrentDirectory;
    private WindowSession? session;
    private XClient? client;

    protected SessionTest(Screen screen)
    {
        ArgumentNullException.ThrowIfNull(screen);
        Skip.If(screen.Missing is not null, screen.Missing);
        this.screen = screen;
        Environment.CurrentDirectory = Folder;
    }

    /// <summary>Where the application writes.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("realtime-session-").FullName;

    internal ViewState State { get; private set; } = null!;

    internal WindowSession Session => session ?? throw new InvalidOperationException("not begun");

    internal XClient X => client ?? throw new InvalidOperationException("not begun");

    internal nint XWindow { get; private set; }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        try
        {
            End();
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Opens the application with the solids scene and waits for its first frame.</summary>
    internal void Begin(Func<ViewSettings, ViewSettings>? change = null, bool validation = true)
    {
        ViewSettings settings = new()
        {
            Input = "solids:seconds=20,seed=2",
            Model = "maep-solids",
            Device = DeviceChoice.Parse("cpu"),
            Precision = Precision.Float32,
            Overlap = 4,
            Layout = PaneLayout.Automatic,
            Size = (Width, Height),
            IsFullscreen = false,
            IsHeadless = false,
            Frames = long.MaxValue,
            Start = 0,
            Labels = null,
            Screenshot = null,
            Report = null,
            State = new ViewState { Source = "solids:seconds=20,seed=2", Model = "maep-solids", Classifier = "solids", Steps = 2 },
        };
        settings = change is null ? settings : change(settings);
        State = settings.State;
        try
        {
            session = new WindowSession(settings, validation);
        }
        catch (UserErrorException missing) when (missing.ExitCode == ExitCode.DeviceUnavailable)
        {
            throw new SkipException(missing.Message);
        }

        client = new XClient(screen.Name);
        XWindow = client.Find(Session.Window.Title);
        TurnUntil(() => Session.Painter.FrameId >= 0);
    }

    /// <summary>Closes the application; what the validation layer said fails the test, and so does a Vulkan object that is left.</summary>
    internal void End()
    {
        client?.Dispose();
        client = null;
        if (session is null)
            return;
        GpuInstance instance = session.Instance;
        session.Dispose();
        session = null;
        Assert.Empty(instance.ValidationMessages);
        Assert.Empty(instance.Objects.Alive);
    }

    /// <summary>Presses a key of X and lets the application go on until something has come true.</summary>
    internal void Press(string symbol, Func<bool> isTrue)
    {
        Assert.False(isTrue(), $"true before '{symbol}' was pressed");
        X.Type(XWindow, symbol);
        TurnUntil(isTrue, symbol);
    }

    /// <summary>Lets the application go on until something has come true; patiently, because Mesa's driver for the CPU shares the cores with the other test assemblies.</summary>
    internal void TurnUntil(Func<bool> isTrue, string what = "")
    {
        long start = Stopwatch.GetTimestamp();
        while (!isTrue())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(10), $"waited in vain: {what} {State.Note}");
            Session.Turn();
        }
    }

    internal void Turn(int times)
    {
        for (int i = 0; i < times; i++)
            Session.Turn();
    }
}
