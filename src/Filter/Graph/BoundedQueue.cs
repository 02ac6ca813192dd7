using System.Runtime.ExceptionServices;

namespace Realtime.Filter.Graph;

/// <summary>
/// A first-in first-out queue of fixed capacity between two threads. Adding waits while it is full, taking waits while it is empty;
/// both waits end at once on cancellation or fault. Nothing is allocated per item.
/// </summary>
/// <typeparam name="T">What is handed over.</typeparam>
public sealed class BoundedQueue<T>
{
    private readonly object gate = new();
    private readonly T[] items;
    private int head;
    private int count;
    private bool completed;
    private ExceptionDispatchInfo? fault;

    /// <summary>Creates an empty queue for <paramref name="capacity"/> items, at least 1.</summary>
    public BoundedQueue(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        items = new T[capacity];
    }

    /// <summary>The most items it holds.</summary>
    public int Capacity => items.Length;

    /// <summary>Items waiting now.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return count;
        }
    }

    /// <summary>Appends <paramref name="item"/>, waiting for room.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The queue was completed: the producer broke its promise.</exception>
    /// <remarks>After <see cref="Fail"/> it throws the exception given there.</remarks>
    public void Add(T item, CancellationToken cancellation)
    {
        lock (gate)
        {
            WaitWhile(full: true, cancellation);
            if (completed)
                throw new InvalidOperationException("An item was added to a completed queue.");
            items[(head + count) % items.Length] = item;
            count++;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Appends <paramref name="item"/> at once; where the queue is full, the oldest item goes for it.</summary>
    /// <param name="item">The newest.</param>
    /// <param name="oldest">What went, if the result is true.</param>
    /// <exception cref="InvalidOperationException">The queue was completed: the producer broke its promise.</exception>
    /// <remarks>After <see cref="Fail"/> it throws the exception given there.</remarks>
    public bool Push(T item, out T oldest)
    {
        lock (gate)
        {
            fault?.Throw();
            if (completed)
                throw new InvalidOperationException("An item was added to a completed queue.");
            oldest = items[head];
            bool isFull = count == items.Length;
            items[(head + count) % items.Length] = item;
            if (isFull)
                head = (head + 1) % items.Length;
            else
                count++;
            Monitor.PulseAll(gate);
            return isFull;
        }
    }

    /// <summary>Takes the oldest item, waiting for one.</summary>
    /// <returns>False when the queue is complete and empty: there will be no more.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <remarks>After <see cref="Fail"/> it throws the exception given there.</remarks>
    public bool TryTake(out T item, CancellationToken cancellation)
    {
        lock (gate)
        {
            WaitWhile(full: false, cancellation);
            if (count == 0)
            {
                item = default!;
                return false;
            }

            item = items[head];
            items[head] = default!;
            head = (head + 1) % items.Length;
            count--;
            Monitor.PulseAll(gate);
            return true;
        }
    }

    /// <summary>Says that no more items will be added. What is in the queue can still be taken.</summary>
    public void Complete()
    {
        lock (gate)
        {
            completed = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Ends both sides: every waiting and later call throws <paramref name="exception"/>. The first fault stays.</summary>
    public void Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        lock (gate)
        {
            fault ??= ExceptionDispatchInfo.Capture(exception);
            Monitor.PulseAll(gate);
        }
    }

    private bool MustWait(bool full) => fault is null && !completed && (full ? count == items.Length : count == 0);

    private void WaitWhile(bool full, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (MustWait(full))
        {
            // The token's registrations are pooled, so waiting costs no memory after the first time. Unregister, not Dispose:
            // Dispose would wait for a callback that is itself waiting for the gate held here.
            CancellationTokenRegistration wake = cancellation.UnsafeRegister(static queue => ((BoundedQueue<T>)queue!).Wake(), this);
            try
            {
                while (MustWait(full) && !cancellation.IsCancellationRequested)
                    Monitor.Wait(gate);
            }
            finally
            {
                wake.Unregister();
            }

            cancellation.ThrowIfCancellationRequested();
        }

        fault?.Throw();
    }

    private void Wake()
    {
        lock (gate)
            Monitor.PulseAll(gate);
    }
}
