namespace Realtime.Viewer.Live;

/// <summary>
/// Hands values from one writer to one reader without either waiting: the writer always has one to fill, the reader always the newest whole
/// one. What the reader is too slow for is overwritten.
/// </summary>
internal sealed class TripleBuffer<T>(Func<T> create)
    where T : class
{
    private T back = create();
    private T front = create();
    private T middle = create();
    private int isFresh;

    /// <summary>What the writer fills.</summary>
    public T Back => back;

    /// <summary>The writer is done with <see cref="Back"/>, and gets another.</summary>
    public void Publish()
    {
        back = Interlocked.Exchange(ref middle, back);
        Volatile.Write(ref isFresh, 1);
    }

    /// <summary>The newest value for the reader.</summary>
    /// <param name="value">Stays the reader's until the next call.</param>
    /// <returns>Whether it is another than last time.</returns>
    public bool TakeNewest(out T value)
    {
        bool fresh = Interlocked.Exchange(ref isFresh, 0) == 1;
        if (fresh)
            front = Interlocked.Exchange(ref middle, front);
        value = front;
        return fresh;
    }
}
