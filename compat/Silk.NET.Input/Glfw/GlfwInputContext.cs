namespace Silk.NET.Input.Glfw;

/// <summary>One keyboard and one mouse; GLFW knows no more.</summary>
internal sealed class GlfwInputContext(nint window) : IInputContext
{
    private readonly GlfwKeyboard keyboard = new(window);
    private readonly GlfwMouse mouse = new(window);

    public nint Handle => window;

    public IReadOnlyList<IKeyboard> Keyboards => field ??= [keyboard];

    public IReadOnlyList<IMouse> Mice => field ??= [mouse];

    public void Dispose()
    {
        keyboard.Dispose();
        mouse.Dispose();
    }
}
