using System.Runtime.InteropServices;
using Silk.NET.GLFW;

namespace Silk.NET.Windowing.Glfw;

/// <summary>GLFW is started by the first window and ended by the last one.</summary>
internal static unsafe class GlfwLibrary
{
    private static readonly Lock Gate = new();
    private static int users;

    public static void Acquire()
    {
        lock (Gate)
        {
            if (users == 0) { Start(); }
            users++;
        }
    }

    public static void Release()
    {
        lock (Gate)
        {
            if (--users == 0) { GlfwNative.Terminate(); }
        }
    }

    /// <summary>What GLFW says about its latest failure.</summary>
    public static string LastError()
    {
        byte* text;
        int code = GlfwNative.GetError(&text);
        return code == 0 ? "GLFW gave no reason" : Marshal.PtrToStringUTF8((nint)text) ?? $"GLFW error {code:x}";
    }

    private static void Start()
    {
        try
        {
            if (GlfwNative.Init() == 0) { throw new PlatformNotSupportedException(LastError()); }
        }
        catch (DllNotFoundException missing)
        {
            throw new PlatformNotSupportedException($"{GlfwNative.Library} not found: apt-get install libglfw3", missing);
        }
    }
}
