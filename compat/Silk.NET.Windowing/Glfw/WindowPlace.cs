using Silk.NET.Maths;

namespace Silk.NET.Windowing.Glfw;

/// <summary>Where a window was before it filled the screen.</summary>
internal readonly record struct WindowPlace(Vector2D<int> Position, Vector2D<int> Size)
{
    /// <summary>Brings <paramref name="window"/> into a state; returns where it returns to.</summary>
    public static unsafe WindowPlace Change(GlfwWindow window, WindowState state, WindowPlace before)
    {
        nint handle = window.Handle;
        WindowState now = window.WindowState;
        if (now == WindowState.Normal) { before = new WindowPlace(window.Position, window.Size); }
        else if (now == WindowState.Fullscreen && state != WindowState.Fullscreen)
        {
            GlfwNative.SetWindowMonitor(handle, 0, before.Position.X, before.Position.Y, before.Size.X, before.Size.Y, 0);
        }

        switch (state)
        {
            case WindowState.Normal: GlfwNative.RestoreWindow(handle); break;
            case WindowState.Minimized: GlfwNative.IconifyWindow(handle); break;
            case WindowState.Maximized: GlfwNative.MaximizeWindow(handle); break;
            case WindowState.Fullscreen:
                nint monitor = GlfwNative.GetPrimaryMonitor();
                int* mode = monitor == 0 ? null : GlfwNative.GetVideoMode(monitor);
                if (mode is not null) { GlfwNative.SetWindowMonitor(handle, monitor, 0, 0, mode[0], mode[1], mode[5]); }
                break;
        }
        return before;
    }
}
