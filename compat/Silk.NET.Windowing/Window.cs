using Silk.NET.Windowing.Glfw;

namespace Silk.NET.Windowing;

/// <summary>Makes windows.</summary>
public static class Window
{
    /// <exception cref="PlatformNotSupportedException">There is no GLFW here, or no display.</exception>
    public static IWindow Create(WindowOptions options)
    {
        GlfwLibrary.Acquire();
        return new GlfwWindow(options);
    }
}
