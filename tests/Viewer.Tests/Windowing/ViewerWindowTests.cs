using Realtime.Filter.Errors;
using Realtime.Viewer.Windowing;
using Silk.NET.Input;

namespace Realtime.Viewer.Tests.Windowing;

public sealed class ViewerWindowTests(Screen screen) : WindowTest(screen)
{
    [SkippableFact]
    public void Keys_reach_the_window()
    {
        List<string> heard = [];
        Window.Keyboard.KeyDown += (_, key, _) => heard.Add($"down {key}");
        Window.Keyboard.KeyUp += (_, key, _) => heard.Add($"up {key}");
        Window.Keyboard.KeyChar += (_, character) => heard.Add($"char {character}");

        X.Type(XWindow, "h");

        PumpUntil(() => heard.Contains("up H"));
        Assert.Contains("down H", heard);
        Assert.Contains("char h", heard);
        Assert.False(Window.Keyboard.IsKeyPressed(Key.H));
    }

    [SkippableFact]
    public void The_mouse_reaches_the_window()
    {
        List<string> heard = [];
        Window.Mouse.MouseMove += (_, place) => heard.Add($"move {place.X} {place.Y}");
        Window.Mouse.MouseDown += (_, button) => heard.Add($"down {button}");
        Window.Mouse.MouseUp += (_, button) => heard.Add($"up {button}");
        Window.Mouse.Scroll += (_, wheel) => heard.Add($"wheel {wheel.Y}");

        X.Move(XWindow, 40, 30);
        X.Click(XWindow, 1, 40, 30);
        X.Click(XWindow, 4, 40, 30);

        PumpUntil(() => heard.Count >= 4);
        Assert.Equal(["move 40 30", "down Left", "up Left", "wheel 1"], heard);
        Assert.Equal(1, Window.PixelScale);
    }

    [SkippableFact]
    public void The_title_can_be_changed_and_the_window_closed()
    {
        Window.Title = "another title";
        PumpUntil(() => X.Find("another title") == XWindow);
        Assert.False(Window.IsClosing);

        Window.Window.Close();

        Assert.True(Window.IsClosing);
    }

    [SkippableFact]
    public void Another_thread_wakes_a_window_that_waits_for_events()
    {
        Window.Window.IsEventDriven = true;
        using CancellationTokenSource end = new();
        Thread other = new(() =>
        {
            while (!end.Token.WaitHandle.WaitOne(10))
                Window.Wake();
        });
        other.Start();

        for (int event_ = 0; event_ < 5; event_++)
            Window.Pump();

        end.Cancel();
        other.Join();
    }

    [SkippableFact]
    public void Without_a_display_one_line_says_so()
    {
        string display = Environment.GetEnvironmentVariable("DISPLAY")!;
        Environment.SetEnvironmentVariable("DISPLAY", null);
        try
        {
            // GLFW is started for the window of this test, so that only a child would see it fail; the wording is ours.
            Assert.Contains("no display", ViewerWindow.Refusal(new PlatformNotSupportedException("x")).Message, StringComparison.Ordinal);
            Assert.Equal(ExitCode.DeviceUnavailable, ViewerWindow.Refusal(new PlatformNotSupportedException("x")).ExitCode);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DISPLAY", display);
        }

        Assert.Equal(
            "no window can be opened: libglfw.so.3 not found: apt-get install libglfw3",
            ViewerWindow.Refusal(new PlatformNotSupportedException("libglfw.so.3 not found: apt-get install libglfw3")).Message);
    }
}
