using Silk.NET.Input.Glfw;
using Silk.NET.Windowing;

namespace Silk.NET.Input;

/// <summary>Makes the input of a window.</summary>
public static class InputWindowExtensions
{
    public static IInputContext CreateInput(this IView view) => view.IsInitialized
        ? new GlfwInputContext(view.Handle)
        : throw new InvalidOperationException("Couldn't create input context as the view was not initialized.");
}
