using System.Reflection;
using Silk.NET.Maths;

namespace Silk.NET.Windowing;

/// <summary>How a window begins. Vulkan is the only API here.</summary>
public struct WindowOptions
{
    public static WindowOptions DefaultVulkan { get; } = new()
    {
        IsVisible = true,
        Position = new Vector2D<int>(50, 50),
        Size = new Vector2D<int>(1280, 720),
        Title = Assembly.GetEntryAssembly()?.GetName().Name ?? "Silk.NET Window",
        WindowState = WindowState.Normal,
    };

    public bool IsVisible { get; set; }

    public Vector2D<int> Position { get; set; }

    public Vector2D<int> Size { get; set; }

    public string Title { get; set; }

    public WindowState WindowState { get; set; }

    /// <summary>Of OpenGL alone; a Vulkan swapchain has a present mode instead.</summary>
    public bool VSync { get; set; }

    /// <summary>Whether <see cref="IView.DoEvents"/> waits for an event.</summary>
    public bool IsEventDriven { get; set; }
}
