using System.Runtime.ExceptionServices;

namespace Realtime.Filter.Purifiers;

/// <summary>
/// A fixed team of named threads that share out numbered pieces of work; the caller works with them. Calls allocate nothing. It owns its
/// threads; disposing it ends them.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly object gate = new();
    private readonly Action<int, int> work;
    private readonly Thread[] threads;
    private int round;
    private int pieces;
    private int next;
    private int busy;
    private bool ending;
    private Exception? fault;

    /// <summary>Starts <paramref name="size"/> - 1 threads beside the caller's own.</summary>
    /// <param name="name">Name of the threads.</param>
    /// <param name="size">Number of threads at work, at least 1.</param>
    /// <param name="work">Does the piece of that number; must be thread-safe.</param>
    public WorkerTeam(string name, int size, Action<int> work)
        : this(name, size, (_, piece) => work(piece))
    {
    }

    /// <summary>Starts <paramref name="size"/> - 1 threads beside the caller's own.</summary>
    /// <param name="name">Name of the threads.</param>
    /// <param name="size">Number of threads at work, at least 1.</param>
    /// <param name="work">Gets the worker's number, 0 for the caller, and does the piece of the second number; must be thread-safe.</param>
    public WorkerTeam(string name, int size, Action<int, int> work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        this.work = work;
        threads = new Thread[size - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            int worker = i + 1;
            threads[i] = new Thread(() => Serve(worker)) { Name = $"realtime {name} {i + 2}", IsBackground = true };
            threads[i].Start();
        }
    }

    /// <summary>Threads at work, with the caller's.</summary>
    public int Size => threads.Length + 1;

    /// <summary>Does the pieces 0 to <paramref name="count"/> - 1 and returns when all are done. The first exception is thrown here.</summary>
    public void Run(int count)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(ending, this);
            pieces = count;
            next = 0;
            fault = null;
            busy = threads.Length;
            round++;
            Monitor.PulseAll(gate);
        }

        DoPieces(0);
        lock (gate)
        {
            while (busy > 0)
                Monitor.Wait(gate);
            if (fault is not null)
                ExceptionDispatchInfo.Throw(fault);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            ending = true;
            Monitor.PulseAll(gate);
        }

        foreach (Thread thread in threads)
            thread.Join();
    }

    private void Serve(int worker)
    {
        int seen = 0;
        while (true)
        {
            lock (gate)
            {
                while (round == seen && !ending)
                    Monitor.Wait(gate);
                if (ending)
                    return;
                seen = round;
            }

            DoPieces(worker);
            lock (gate)
            {
                busy--;
                Monitor.PulseAll(gate);
            }
        }
    }

    private void DoPieces(int worker)
    {
        try
        {
            for (int piece = Interlocked.Increment(ref next) - 1; piece < pieces; piece = Interlocked.Increment(ref next) - 1)
                work(worker, piece);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref fault, exception, null);
            Volatile.Write(ref next, pieces);   // the others need not begin another piece
        }
    }
}
