using Silk.NET.Core.Contexts;
using Silk.NET.GLFW;
using Silk.NET.Maths;

namespace Silk.NET.Windowing.Glfw;

/// <summary>A window of GLFW. Everything but <see cref="ContinueEvents"/> belongs to the thread that made it.</summary>
internal sealed class GlfwWindow(WindowOptions options) : IWindow
{
    private nint handle;
    private string title = options.Title;
    private WindowPlace place = new(options.Position, options.Size);
    private GlfwWindowEvents? events;
    private bool disposed;

    public event Action<Vector2D<int>>? Resize;

    public event Action<Vector2D<int>>? FramebufferResize;

    public event Action? Closing;

    public event Action<bool>? FocusChanged;

    public event Action<WindowState>? StateChanged;

    public nint Handle => handle;

    public bool IsInitialized => handle != 0;

    public bool IsEventDriven { get; set; } = options.IsEventDriven;

    public bool VSync { get; set; } = options.VSync;

    public IVkSurface? VkSurface => GlfwNative.VulkanSupported() != 0
        ? new GlfwSurface(handle)
        : throw new PlatformNotSupportedException("GLFW does not support Vulkan on this platform.");

    public bool IsClosing
    {
        get => handle == 0 || GlfwNative.WindowShouldClose(handle) != 0;
        set => GlfwNative.SetWindowShouldClose(handle, value ? 1 : 0);
    }

    public bool IsVisible
    {
        get => Has(GlfwAttribute.Visible);
        set
        {
            if (value) { GlfwNative.ShowWindow(handle); }
            else { GlfwNative.HideWindow(handle); }
        }
    }

    public Vector2D<int> Position
    {
        get
        {
            GlfwNative.GetWindowPos(handle, out int x, out int y);
            return new Vector2D<int>(x, y);
        }
        set => GlfwNative.SetWindowPos(handle, value.X, value.Y);
    }

    public Vector2D<int> Size
    {
        get
        {
            GlfwNative.GetWindowSize(handle, out int width, out int height);
            return new Vector2D<int>(width, height);
        }
        set => GlfwNative.SetWindowSize(handle, value.X, value.Y);
    }

    public Vector2D<int> FramebufferSize
    {
        get
        {
            GlfwNative.GetFramebufferSize(handle, out int width, out int height);
            return new Vector2D<int>(width, height);
        }
    }

    public string Title
    {
        get => title;
        set => GlfwNative.SetWindowTitle(handle, title = value);
    }

    public WindowState WindowState
    {
        get => Has(GlfwAttribute.Iconified) ? WindowState.Minimized
            : Has(GlfwAttribute.Maximized) ? WindowState.Maximized
            : GlfwNative.GetWindowMonitor(handle) != 0 ? WindowState.Fullscreen
            : WindowState.Normal;
        set => place = WindowPlace.Change(this, value, place);
    }

    public void Initialize()
    {
        if (handle != 0) { return; }
        if (GlfwNative.VulkanSupported() == 0)
        {
            throw new InvalidOperationException("Attempted to initialize a Vulkan window using GLFW, which doesn't support Vulkan on this computer.");
        }
        GlfwNative.DefaultWindowHints();
        GlfwNative.WindowHint(GlfwAttribute.ClientApi, 0);
        GlfwNative.WindowHint(GlfwAttribute.Visible, 0);
        handle = GlfwNative.CreateWindow(options.Size.X, options.Size.Y, title, 0, 0);
        if (handle == 0) { throw new GlfwException(GlfwLibrary.LastError()); }
        events = new GlfwWindowEvents(this, handle);
        Position = options.Position;
        if (options.IsVisible)
        {
            IsVisible = true;
            if (options.WindowState != WindowState.Normal) { WindowState = options.WindowState; }
        }
    }

    public void DoEvents()
    {
        if (IsEventDriven) { GlfwNative.WaitEvents(); }
        else { GlfwNative.PollEvents(); }
    }

    public void ContinueEvents() => GlfwNative.PostEmptyEvent();

    public void Close()
    {
        IsClosing = true;
        Closing?.Invoke();
    }

    public void Reset()
    {
        if (handle == 0) { return; }
        GlfwNative.DestroyWindow(handle);
        handle = 0;
        GC.KeepAlive(events);
        events = null;
    }

    public void Dispose()
    {
        if (disposed) { return; }
        disposed = true;
        Reset();
        GlfwLibrary.Release();
    }

    internal void OnResize(Vector2D<int> size) => Resize?.Invoke(size);

    internal void OnFramebufferResize(Vector2D<int> size) => FramebufferResize?.Invoke(size);

    internal void OnClosing() => Closing?.Invoke();

    internal void OnFocusChanged(bool focused) => FocusChanged?.Invoke(focused);

    internal void OnStateChanged(WindowState state) => StateChanged?.Invoke(state);

    private bool Has(GlfwAttribute attribute) => GlfwNative.GetWindowAttrib(handle, attribute) != 0;
}
