using System.Runtime.ExceptionServices;

namespace Realtime.Filter.Devices;

/// <summary>
/// A named thread that does one piece of work at a time, for devices whose sessions must be made and run on one thread. Callers wait for
/// theirs; calls from several threads take turns. Calls allocate nothing. Disposing it ends the thread.
/// </summary>
internal sealed class DeviceThread : IDisposable
{
    private readonly object turn = new();
    private readonly object gate = new();
    private readonly Thread thread;
    private Action? work;
    private Exception? fault;
    private bool ending;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">Its name, for debuggers and profiles.</param>
    public DeviceThread(string name)
    {
        thread = new Thread(Serve) { Name = $"realtime {name}", IsBackground = true };
        thread.Start();
    }

    /// <summary>Does <paramref name="next"/> on the thread and returns when it is done; what it throws is thrown here.</summary>
    public void Run(Action next)
    {
        lock (turn)
        {
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(ending, this);
                work = next;
                fault = null;
                Monitor.PulseAll(gate);
                while (work is not null)
                    Monitor.Wait(gate);
                if (fault is not null)
                    ExceptionDispatchInfo.Throw(fault);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            ending = true;
            Monitor.PulseAll(gate);
        }

        thread.Join();
    }

    private void Serve()
    {
        while (true)
        {
            Action? next;
            lock (gate)
            {
                while (work is null && !ending)
                    Monitor.Wait(gate);
                next = work;
            }

            if (next is null)
                return;
            Exception? thrown = null;
            try
            {
                next();
            }
            catch (Exception exception)
            {
                thrown = exception;
            }

            lock (gate)
            {
                fault = thrown;
                work = null;
                Monitor.PulseAll(gate);
            }
        }
    }
}
