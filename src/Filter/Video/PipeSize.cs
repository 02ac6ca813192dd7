using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Realtime.Filter.Video;

/// <summary>Makes a pipe hold more than the 64 kB that Linux gives it, so that a picture takes a few switches between processes rather than dozens.</summary>
internal static partial class PipeSize
{
    private const int SetPipeSize = 1031;   // F_SETPIPE_SZ

    /// <summary>The size: what an unprivileged process may ask for.</summary>
    public const int Bytes = 1 << 20;

    /// <summary>Enlarges the pipe behind a stream. Where the system refuses, the pipe works as before, only slower.</summary>
    public static void Enlarge(Stream stream)
    {
        if (OperatingSystem.IsLinux() && stream is PipeStream pipe)
            _ = Control(pipe.SafePipeHandle, SetPipeSize, Bytes);
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafePipeHandle handle, int command, int argument);
}
