using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Realtime.Viewer.Live;

/// <summary>
/// Makes what works for the window and has to give way to it. On Linux, where <see cref="ThreadPriority"/> does nothing, a thread has a nice
/// value of its own, and threads that it makes inherit it: so these are made by a thread whose value is higher.
/// </summary>
internal static partial class LowPriority
{
    private const int Nicer = 5;    // a third of the window's share where both want the processor
    private const int OfThread = 0; // PRIO_PROCESS, which on Linux means one thread
    private const int Caller = 0;

    /// <summary>The nice value of the calling thread, -20 to 19; Linux only.</summary>
    public static int OfCaller => GetPriority(OfThread, Caller);

    /// <summary>Makes something with threads of low priority; throws what <paramref name="make"/> throws.</summary>
    public static T Make<T>(Func<T> make)
    {
        T made = default!;
        ExceptionDispatchInfo? fault = null;
        Thread maker = new(() =>
        {
            try
            {
                if (OperatingSystem.IsLinux())
                    _ = SetPriority(OfThread, Caller, OfCaller + Nicer);    // refused: then all are equal
                made = make();
            }
            catch (Exception error)
            {
                fault = ExceptionDispatchInfo.Capture(error);
            }
        });
        maker.Start();
        maker.Join();
        fault?.Throw();
        return made;
    }

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int GetPriority(int which, int who);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int value);
}
