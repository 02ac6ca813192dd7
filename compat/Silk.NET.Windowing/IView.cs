using Silk.NET.Core.Contexts;
using Silk.NET.Maths;

namespace Silk.NET.Windowing;

/// <summary>Something to draw on, with its events.</summary>
public interface IView : IViewProperties, IVkSurfaceSource, IDisposable
{
    event Action<Vector2D<int>>? Resize;

    event Action<Vector2D<int>>? FramebufferResize;

    event Action? Closing;

    event Action<bool>? FocusChanged;

    nint Handle { get; }

    bool IsClosing { get; }

    bool IsInitialized { get; }

    /// <summary>In pixels.</summary>
    Vector2D<int> FramebufferSize { get; }

    void Initialize();

    void DoEvents();

    /// <summary>Wakes a <see cref="DoEvents"/> that waits; safe on any thread.</summary>
    void ContinueEvents();

    void Close();

    void Reset();
}
