namespace Silk.NET.Input.Glfw;

/// <summary>The pointer of a window.</summary>
internal sealed class GlfwCursor(nint window) : ICursor, IDisposable
{
    private readonly Dictionary<StandardCursor, nint> made = [];
    private StandardCursor shown;

    public StandardCursor StandardCursor
    {
        get => shown;
        set
        {
            if (value == shown) { return; }
            shown = value;
            GlfwInput.SetCursor(window, value == StandardCursor.Default ? 0 : Made(value));
        }
    }

    public CursorMode CursorMode
    {
        get => (CursorMode)(GlfwInput.GetInputMode(window, GlfwInput.CursorInputMode) - GlfwInput.NormalCursor);
        set => GlfwInput.SetInputMode(window, GlfwInput.CursorInputMode, GlfwInput.NormalCursor + (int)value);
    }

    public void Dispose()
    {
        foreach (nint cursor in made.Values) { GlfwInput.DestroyCursor(cursor); }
        made.Clear();
    }

    private nint Made(StandardCursor cursor)
    {
        if (!made.TryGetValue(cursor, out nint handle))
        {
            handle = GlfwInput.CreateStandardCursor(GlfwInput.ArrowCursor + (int)cursor - (int)StandardCursor.Arrow);
            made.Add(cursor, handle);
        }
        return handle;
    }
}
