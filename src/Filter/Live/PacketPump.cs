namespace Realtime.Filter.Live;

/// <summary>
/// Carries the packets of the child that fetches to the children that look at them: first to the one that says what they are, then, from the first byte
/// on again, to the one that decodes. It has a thread of its own, so that no two pipes wait for each other.
/// </summary>
internal sealed class PacketPump
{
    private const int MostHead = 256 << 20;     // what the probe may read before it knows: raw pictures are large

    private readonly Stream from;
    private readonly Stream probe;
    private readonly TaskCompletionSource<Stream?> decoder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread thread;

    /// <summary>Starts to carry.</summary>
    /// <param name="from">Where packets come from.</param>
    /// <param name="probe">Gets them until it closes; closed at their end.</param>
    public PacketPump(Stream from, Stream probe)
    {
        this.from = from;
        this.probe = probe;
        thread = new Thread(Run) { Name = "realtime packets", IsBackground = true };
        thread.Start();
    }

    /// <summary>Names the stream that gets everything, or null for none; it is closed at the end of the packets.</summary>
    public void ContinueTo(Stream? target) => decoder.TrySetResult(target);

    /// <summary>Waits for the end; both sides must have been ended before.</summary>
    public void Join() => thread.Join();

    private void Run()
    {
        byte[] buffer = new byte[1 << 16];
        try
        {
            using MemoryStream head = new();
            Task<int> next = Probe(head, buffer);
            if (decoder.Task.GetAwaiter().GetResult() is not { } target)
                return;
            target.Write(head.GetBuffer(), 0, (int)head.Length);
            head.SetLength(0);
            head.Capacity = 0;
            for (int read = next.GetAwaiter().GetResult(); read > 0; read = from.Read(buffer))
                target.Write(buffer, 0, read);
            target.Close();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the children has gone. Whoever reads from the decoder sees that, and says why.
        }
    }

    // Until the decoder is there, whether or not packets come: a source that falls silent shall still show what it has sent. Returns the read that is under way.
    private Task<int> Probe(MemoryStream head, byte[] buffer)
    {
        bool isListening = true;
        while (true)
        {
            Task<int> next = from.ReadAsync(buffer, 0, buffer.Length);
            Task.WaitAny(next, decoder.Task);
            if (decoder.Task.IsCompleted)
                return next;
            int read = next.GetAwaiter().GetResult();
            if (head.Length + read > MostHead)
                throw new IOException($"nothing was recognised in {MostHead >> 20} MB");
            head.Write(buffer, 0, read);
            isListening = isListening && TryTell(buffer.AsSpan(0, read));
            if (read == 0)
                return next;
        }
    }

    private bool TryTell(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (bytes.IsEmpty)
                probe.Close();
            else
                probe.Write(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;       // it knows enough and has gone
        }
    }
}
