using System.Runtime.InteropServices;

namespace Realtime.Viewer.Tests.Windowing;

/// <summary>Someone else at the same X server: sees what is on the screen, and does what people and window managers do.</summary>
internal sealed unsafe partial class XClient : IDisposable
{
    private const int NormalState = 1;
    private const int IconicState = 3;
    private const int KeyPress = 2;
    private const int KeyRelease = 3;
    private const int ButtonPress = 4;
    private const int ButtonRelease = 5;
    private const int MotionNotify = 6;
    private const int ZPixmap = 2;

    private readonly nint display;
    private readonly nint root;

    public XClient(string name)
    {
        display = XOpenDisplay(name);
        if (display == 0)
            throw new InvalidOperationException($"no X server answers at {name}");
        root = XDefaultRootWindow(display);
    }

    /// <summary>The window with this title.</summary>
    public nint Find(string title)
    {
        Assert.NotEqual(0, XQueryTree(display, root, out _, out _, out nint* children, out uint count));
        nint found = 0;
        for (uint index = 0; index < count; index++)
        {
            if (XFetchName(display, children[index], out nint name) == 0 || name == 0)
                continue;
            if (Marshal.PtrToStringUTF8(name) == title)
                found = children[index];
            XFree(name);
        }

        XFree((nint)children);
        return found != 0 ? found : throw new InvalidOperationException($"no window is called '{title}'");
    }

    /// <summary>The colour on the screen, 0xRRGGBB.</summary>
    public int Pixel(int x, int y)
    {
        nint image = XGetImage(display, root, x, y, 1, 1, ulong.MaxValue, ZPixmap);
        Assert.NotEqual(0, image);
        int colour = *(int*)Marshal.ReadIntPtr(image, 16) & 0xFFFFFF;
        XDestroyImage(image);
        return colour;
    }

    /// <summary>What a window manager says to a window that it made an icon of, or a window again.</summary>
    public void SetMinimised(nint window, bool minimised)
    {
        nint state = XInternAtom(display, "WM_STATE", 0);
        nint* values = stackalloc nint[2] { minimised ? IconicState : NormalState, 0 };
        XChangeProperty(display, window, state, state, 32, 0, values, 2);
        XSync(display, 0);
    }

    /// <summary>Makes a window larger or smaller, as people do at its edge.</summary>
    public void Resize(nint window, int width, int height)
    {
        XResizeWindow(display, window, (uint)width, (uint)height);
        XSync(display, 0);
    }

    /// <summary>Presses a key and lets it go.</summary>
    /// <param name="window">The window that has the focus.</param>
    /// <param name="symbol">The key's X name, such as "a" or "space".</param>
    public void Type(nint window, string symbol)
    {
        uint code = XKeysymToKeycode(display, XStringToKeysym(symbol));
        Send(window, KeyPress, code, 0, 0);
        Send(window, KeyRelease, code, 0, 0);
    }

    /// <summary>Presses a key and keeps it down.</summary>
    public void Hold(nint window, string symbol) => Send(window, KeyPress, XKeysymToKeycode(display, XStringToKeysym(symbol)), 0, 0);

    /// <summary>Lets a key go.</summary>
    public void LetGo(nint window, string symbol) => Send(window, KeyRelease, XKeysymToKeycode(display, XStringToKeysym(symbol)), 0, 0);

    /// <summary>Moves the mouse within a window.</summary>
    public void Move(nint window, int x, int y) => Send(window, MotionNotify, 0, x, y);

    /// <summary>Presses a button of the mouse (1 left, 2 middle, 3 right, 4 and 5 the wheel) and lets it go.</summary>
    public void Click(nint window, uint button, int x, int y)
    {
        Send(window, ButtonPress, button, x, y);
        Send(window, ButtonRelease, button, x, y);
    }

    /// <summary>Moves the mouse with its left button held.</summary>
    public void Drag(nint window, (int X, int Y) from, (int X, int Y) to)
    {
        Move(window, from.X, from.Y);
        Send(window, ButtonPress, 1, from.X, from.Y);
        Move(window, to.X, to.Y);
        Send(window, ButtonRelease, 1, to.X, to.Y);
    }

    public void Dispose() => XCloseDisplay(display);

    // XKeyEvent, XButtonEvent and XMotionEvent are laid out alike.
    private void Send(nint window, int type, uint detail, int x, int y)
    {
        nint* words = stackalloc nint[24];
        new Span<nint>(words, 24).Clear();
        int* numbers = (int*)words;
        numbers[0] = type;
        words[3] = display;
        words[4] = window;
        words[5] = root;
        numbers[16] = x;
        numbers[17] = y;
        numbers[18] = x;
        numbers[19] = y;
        numbers[21] = (int)detail;
        numbers[22] = 1;
        XSendEvent(display, window, 0, 0, words);
        XSync(display, 0);
    }

    [LibraryImport("libX11.so.6", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint XOpenDisplay(string name);

    [LibraryImport("libX11.so.6")]
    private static partial int XCloseDisplay(nint display);

    [LibraryImport("libX11.so.6")]
    private static partial nint XDefaultRootWindow(nint display);

    [LibraryImport("libX11.so.6")]
    private static partial int XQueryTree(nint display, nint window, out nint root, out nint parent, out nint* children, out uint count);

    [LibraryImport("libX11.so.6")]
    private static partial int XFetchName(nint display, nint window, out nint name);

    [LibraryImport("libX11.so.6")]
    private static partial int XFree(nint data);

    [LibraryImport("libX11.so.6")]
    private static partial nint XGetImage(nint display, nint drawable, int x, int y, uint width, uint height, ulong planes, int format);

    [LibraryImport("libX11.so.6")]
    private static partial int XDestroyImage(nint image);

    [LibraryImport("libX11.so.6", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint XInternAtom(nint display, string name, int onlyIfExists);

    [LibraryImport("libX11.so.6")]
    private static partial int XChangeProperty(nint display, nint window, nint property, nint type, int format, int mode, void* data, int count);

    [LibraryImport("libX11.so.6")]
    private static partial int XResizeWindow(nint display, nint window, uint width, uint height);

    [LibraryImport("libX11.so.6")]
    private static partial int XSync(nint display, int discard);

    [LibraryImport("libX11.so.6", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nuint XStringToKeysym(string name);

    [LibraryImport("libX11.so.6")]
    private static partial byte XKeysymToKeycode(nint display, nuint symbol);

    [LibraryImport("libX11.so.6")]
    private static partial int XSendEvent(nint display, nint window, int propagate, nint mask, void* theEvent);
}
