namespace Silk.NET.Windowing;

/// <summary>A window.</summary>
public interface IWindow : IWindowProperties, IView
{
    event Action<WindowState>? StateChanged;

    new bool IsClosing { get; set; }
}
