using System.Runtime.InteropServices;
using Silk.NET.Windowing.Glfw;

namespace Silk.NET.Input.Glfw;

/// <summary>GLFW's functions for input.</summary>
internal static partial class GlfwInput
{
    public const int Release = 0;
    public const int Press = 1;
    public const int CursorInputMode = 0x00033001;
    public const int NormalCursor = 0x00034001;
    public const int ArrowCursor = 0x00036001;

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwGetKey")]
    public static partial int GetKey(nint window, Key key);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwGetMouseButton")]
    public static partial int GetMouseButton(nint window, MouseButton button);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwGetCursorPos")]
    public static partial void GetCursorPos(nint window, out double x, out double y);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetCursorPos")]
    public static partial void SetCursorPos(nint window, double x, double y);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetInputMode")]
    public static partial void SetInputMode(nint window, int mode, int value);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwGetInputMode")]
    public static partial int GetInputMode(nint window, int mode);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwCreateStandardCursor")]
    public static partial nint CreateStandardCursor(int shape);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetCursor")]
    public static partial void SetCursor(nint window, nint cursor);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwDestroyCursor")]
    public static partial void DestroyCursor(nint cursor);
}
