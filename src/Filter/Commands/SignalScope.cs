using System.Diagnostics;
using System.Runtime.InteropServices;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Commands;

/// <summary>
/// Turns the first Ctrl-C or SIGTERM into a cancellation, so that a command can clean up; a second one ends the process at once, but for one that
/// comes together with the first: timeout(1) signals its child and then the group that the child is in.
/// </summary>
internal sealed class SignalScope : IDisposable
{
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(0.5);

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private int received;
    private long receivedAt;

    public SignalScope()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, ExitCode.Interrupted));
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, ExitCode.Terminated));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>The exit code of the first signal; null while there was none.</summary>
    public ExitCode? Received => Volatile.Read(ref received) is int code and not 0 ? (ExitCode)code : null;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    private void OnSignal(PosixSignalContext context, ExitCode code)
    {
        bool isFirst = Interlocked.CompareExchange(ref receivedAt, Stopwatch.GetTimestamp(), 0) == 0;
        context.Cancel = isFirst || Stopwatch.GetElapsedTime(Interlocked.Read(ref receivedAt)) < Together;
        if (!isFirst)
            return;
        Volatile.Write(ref received, (int)code);
        source.Cancel();
    }
}
