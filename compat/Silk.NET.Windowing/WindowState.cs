namespace Silk.NET.Windowing;

/// <summary>How a window fills its screen.</summary>
public enum WindowState
{
    Normal = 0,
    Minimized,
    Maximized,
    Fullscreen,
}
