using System.Numerics;
using Silk.NET.Windowing.Glfw;

namespace Silk.NET.Input.Glfw;

/// <summary>The mouse of a window.</summary>
internal sealed class GlfwMouse : IMouse, IDisposable
{
    private readonly nint window;
    private readonly GlfwCursor cursor;
    private readonly GlfwCallbacks.OnButton onButton;
    private readonly GlfwCallbacks.OnPoint onMove;
    private readonly GlfwCallbacks.OnPoint onScroll;

    public GlfwMouse(nint window)
    {
        this.window = window;
        cursor = new GlfwCursor(window);
        onButton = (_, button, action, _) => (action == GlfwInput.Press ? MouseDown : MouseUp)?.Invoke(this, (MouseButton)button);
        onMove = (_, x, y) => MouseMove?.Invoke(this, new Vector2((float)x, (float)y));
        onScroll = (_, x, y) => Scroll?.Invoke(this, new ScrollWheel((float)x, (float)y));
        GlfwCallbacks.SetMouseButton(window, onButton);
        GlfwCallbacks.SetCursorPos(window, onMove);
        GlfwCallbacks.SetScroll(window, onScroll);
    }

    public event Action<IMouse, MouseButton>? MouseDown;

    public event Action<IMouse, MouseButton>? MouseUp;

    public event Action<IMouse, Vector2>? MouseMove;

    public event Action<IMouse, ScrollWheel>? Scroll;

    public string Name => "Silk.NET Mouse (via GLFW)";

    public int Index => 0;

    public bool IsConnected => true;

    public ICursor Cursor => cursor;

    public Vector2 Position
    {
        get
        {
            GlfwInput.GetCursorPos(window, out double x, out double y);
            return new Vector2((float)x, (float)y);
        }
        set => GlfwInput.SetCursorPos(window, value.X, value.Y);
    }

    public bool IsButtonPressed(MouseButton btn) => GlfwInput.GetMouseButton(window, btn) == GlfwInput.Press;

    public void Dispose()
    {
        GlfwCallbacks.SetMouseButton(window, null);
        GlfwCallbacks.SetCursorPos(window, null);
        GlfwCallbacks.SetScroll(window, null);
        cursor.Dispose();
    }
}
