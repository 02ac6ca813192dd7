using System.Runtime.InteropServices;

namespace Silk.NET.Windowing.Glfw;

/// <summary>How GLFW tells of events. Whoever sets a callback keeps it alive; setting returns the one before.</summary>
internal static partial class GlfwCallbacks
{
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void OnWindow(nint window);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void OnNumber(nint window, int value);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void OnPair(nint window, int x, int y);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void OnPoint(nint window, double x, double y);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void OnCharacter(nint window, uint codepoint);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void OnButton(nint window, int button, int action, int modifiers);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void OnKey(nint window, int key, int scancode, int action, int modifiers);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetWindowSizeCallback")]
    public static partial nint SetWindowSize(nint window, OnPair? callback);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetFramebufferSizeCallback")]
    public static partial nint SetFramebufferSize(nint window, OnPair? callback);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetWindowCloseCallback")]
    public static partial nint SetWindowClose(nint window, OnWindow? callback);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetWindowFocusCallback")]
    public static partial nint SetWindowFocus(nint window, OnNumber? callback);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetWindowIconifyCallback")]
    public static partial nint SetWindowIconify(nint window, OnNumber? callback);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetWindowMaximizeCallback")]
    public static partial nint SetWindowMaximize(nint window, OnNumber? callback);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetKeyCallback")]
    public static partial nint SetKey(nint window, OnKey? callback);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetCharCallback")]
    public static partial nint SetChar(nint window, OnCharacter? callback);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetMouseButtonCallback")]
    public static partial nint SetMouseButton(nint window, OnButton? callback);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetCursorPosCallback")]
    public static partial nint SetCursorPos(nint window, OnPoint? callback);

    [LibraryImport(GlfwNative.Library, EntryPoint = "glfwSetScrollCallback")]
    public static partial nint SetScroll(nint window, OnPoint? callback);
}
