using Silk.NET.Maths;

namespace Silk.NET.Windowing.Glfw;

/// <summary>Hands GLFW's events to a window, and keeps the callbacks alive as long as it lives itself.</summary>
internal sealed class GlfwWindowEvents
{
    private readonly GlfwCallbacks.OnPair resize;
    private readonly GlfwCallbacks.OnPair framebufferResize;
    private readonly GlfwCallbacks.OnWindow closing;
    private readonly GlfwCallbacks.OnNumber focus;
    private readonly GlfwCallbacks.OnNumber minimized;
    private readonly GlfwCallbacks.OnNumber maximized;

    public GlfwWindowEvents(GlfwWindow window, nint handle)
    {
        resize = (_, width, height) => window.OnResize(new Vector2D<int>(width, height));
        framebufferResize = (_, width, height) => window.OnFramebufferResize(new Vector2D<int>(width, height));
        closing = _ => window.OnClosing();
        focus = (_, focused) => window.OnFocusChanged(focused != 0);
        minimized = (_, on) => window.OnStateChanged(on != 0 ? WindowState.Minimized : window.WindowState);
        maximized = (_, on) => window.OnStateChanged(on != 0 ? WindowState.Maximized : window.WindowState);
        GlfwCallbacks.SetWindowSize(handle, resize);
        GlfwCallbacks.SetFramebufferSize(handle, framebufferResize);
        GlfwCallbacks.SetWindowClose(handle, closing);
        GlfwCallbacks.SetWindowFocus(handle, focus);
        GlfwCallbacks.SetWindowIconify(handle, minimized);
        GlfwCallbacks.SetWindowMaximize(handle, maximized);
    }
}
