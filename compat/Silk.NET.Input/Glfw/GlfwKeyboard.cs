using Silk.NET.Windowing.Glfw;

namespace Silk.NET.Input.Glfw;

/// <summary>The keyboard of a window.</summary>
internal sealed class GlfwKeyboard : IKeyboard, IDisposable
{
    private readonly nint window;
    private readonly GlfwCallbacks.OnKey onKey;
    private readonly GlfwCallbacks.OnCharacter onCharacter;

    public GlfwKeyboard(nint window)
    {
        this.window = window;
        onKey = Key;
        onCharacter = (_, codepoint) => KeyChar?.Invoke(this, (char)codepoint);
        GlfwCallbacks.SetKey(window, onKey);
        GlfwCallbacks.SetChar(window, onCharacter);
    }

    public event Action<IKeyboard, Key, int>? KeyDown;

    public event Action<IKeyboard, Key, int>? KeyUp;

    public event Action<IKeyboard, char>? KeyChar;

    public string Name => "Silk.NET Keyboard (via GLFW)";

    public int Index => 0;

    public bool IsConnected => true;

    public bool IsKeyPressed(Key key) => GlfwInput.GetKey(window, key) == GlfwInput.Press;

    public void Dispose()
    {
        GlfwCallbacks.SetKey(window, null);
        GlfwCallbacks.SetChar(window, null);
    }

    private void Key(nint from, int key, int scancode, int action, int modifiers)
    {
        if (action == GlfwInput.Press) { KeyDown?.Invoke(this, (Key)key, scancode); }
        else if (action == GlfwInput.Release) { KeyUp?.Invoke(this, (Key)key, scancode); }
    }
}
