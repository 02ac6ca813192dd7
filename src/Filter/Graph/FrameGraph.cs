using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Graph;

/// <summary>
/// Runs source, stages and sink, each on its own named thread with a small bounded queue before it. Frames reach the sink in the order
/// of the source and none is dropped. The first fault of any thread stops all others and surfaces from <see cref="Run"/> as it was
/// thrown. The graph borrows source, stages and sink; the caller disposes them. One graph runs once.
/// </summary>
public sealed class FrameGraph
{
    private readonly IFrameSource source;
    private readonly IFrameStage[] stages;
    private readonly IFrameSink sink;
    private readonly FramePicture picture;
    private readonly FrameGraphOptions options;
    private readonly FramePool pool;
    private readonly BoundedQueue<FrameSlot>[] queues;   // queues[i] stands before stage i, the last one before the sink
    private readonly StageStatistics[] statistics;       // source, stages, sink
    private readonly StageClock[] clocks;                // of the same
    private readonly CancellationTokenSource stop = new();
    private ExceptionDispatchInfo? fault;
    private UserErrorException? sourceFailure;
    private long frames;
    private long unpurified;
    private bool started;

    /// <summary>Puts a graph together; nothing runs yet.</summary>
    /// <param name="source">Where frames come from.</param>
    /// <param name="stages">What happens to each frame, in this order.</param>
    /// <param name="sink">Where frames go.</param>
    /// <param name="picture">Which picture of a slot the sink gets.</param>
    /// <param name="options">Queue sizes and mode; the defaults where null.</param>
    public FrameGraph(IFrameSource source, IReadOnlyList<IFrameStage> stages, IFrameSink sink, FramePicture picture, FrameGraphOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(stages);
        ArgumentNullException.ThrowIfNull(sink);
        this.source = source;
        this.stages = [.. stages];
        this.sink = sink;
        this.picture = picture;
        this.options = options ?? new FrameGraphOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.MaxFrames);

        // One slot in every hand and two waiting: enough for all threads to work at once, and no more memory than that.
        pool = new FramePool(source.Format, this.options.SingleThreaded ? 1 : MostFrames(stages.Count) + 1);
        queues = new BoundedQueue<FrameSlot>[stages.Count + 1];
        for (int i = 0; i < queues.Length; i++)
            queues[i] = new BoundedQueue<FrameSlot>(this.options.QueueCapacity);
        statistics = [new("source"), .. stages.Select(stage => new StageStatistics(stage.Name)), new("sink")];
        clocks = [.. statistics.Select(stage => new StageClock(stage, this.options.Trace, this.options.Observer))];
    }

    /// <summary>The most frames that a graph of so many stages has under way, between the source's handing them over and the sink's taking them.</summary>
    public static int MostFrames(int stages) => stages + 3;

    /// <summary>Frames that have reached the sink so far.</summary>
    public long FramesDone => Volatile.Read(ref frames);

    /// <summary>Frames so far that passed through unpurified.</summary>
    public long FramesUnpurified => Volatile.Read(ref unpurified);

    /// <summary>Time per frame of the source, each stage and the sink, in this order, without the waiting between them.</summary>
    public IReadOnlyList<StageStatistics> Statistics => statistics;

    /// <summary>Frames read from the source so far.</summary>
    public long FramesRead => statistics[0].Count;

    /// <summary>Frames that wait now before stage <paramref name="stage"/>; before the sink for the number of stages.</summary>
    public int Waiting(int stage) => queues[stage].Count;

    /// <summary>Time from leaving the decoder to leaving the sink, per frame.</summary>
    public StageStatistics Latency { get; } = new("latency");

    /// <summary>Runs until the source ends and completes the sink.</summary>
    /// <returns>Counts, and the source's failure where the input broke off after at least one frame.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled; the sink is not completed.</exception>
    /// <exception cref="UserErrorException">The input broke off before its first frame, or a stage or the sink threw it.</exception>
    public FrameGraphResult Run(CancellationToken cancellation)
    {
        if (started)
            throw new InvalidOperationException("A frame graph runs once.");
        started = true;

        long begin = Stopwatch.GetTimestamp();
        using (cancellation.UnsafeRegister(static graph => ((FrameGraph)graph!).stop.Cancel(), this))
        {
            if (options.SingleThreaded)
                Guarded(RunInOneThread);
            else
                RunInThreads();
        }

        // A signal that reaches the whole process group also ends ffmpeg: what broke then is a consequence, not the cause.
        if (fault is not null)
            cancellation.ThrowIfCancellationRequested();
        fault?.Throw();
        return new FrameGraphResult(frames, unpurified, Stopwatch.GetElapsedTime(begin), sourceFailure);
    }

    /// <summary>The graph as text: one line for each thread with the queues between them, and the passes of those that drive a GPU.</summary>
    public override string ToString() => FrameGraphText.Of(source, stages, sink, picture, options, pool.Slots);

    /// <summary>The graph in Graphviz's language: stages in a row, GPU passes and their buffers in a box of their own.</summary>
    public string ToDot() => FrameGraphText.Dot(source, stages, sink);

    private void RunInThreads()
    {
        Thread[] threads =
        [
            Start("source", ReadAll),
            .. stages.Select((stage, i) => Start(stage.Name, () => ProcessAll(i))),
            Start("sink", WriteAll),
        ];
        foreach (Thread thread in threads)
            thread.Join();
    }

    private Thread Start(string name, Action work)
    {
        Thread thread = new(() => Guarded(work)) { Name = $"realtime {name}", IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception)
        {
            Fault(exception);
        }
    }

    // Everything that throws in a thread ends here: the first is kept for the caller, and every other thread is woken to end.
    private void Fault(Exception exception)
    {
        Interlocked.CompareExchange(ref fault, ExceptionDispatchInfo.Capture(exception), null);
        pool.Fail(exception);
        foreach (BoundedQueue<FrameSlot> queue in queues)
            queue.Fail(exception);
        stop.Cancel();
    }

    private void RunInOneThread()
    {
        while (Read() is FrameSlot slot)
        {
            for (int i = 0; i < stages.Length; i++)
                Process(i, slot);
            Write(slot);
        }

        Finish();
    }

    private void ReadAll()
    {
        while (Read() is FrameSlot slot)
            Pass(0, slot);
        queues[0].Complete();
    }

    private void ProcessAll(int stage)
    {
        while (TryTake(stage, out FrameSlot slot))
        {
            Process(stage, slot);
            Pass(stage + 1, slot);
        }

        queues[stage + 1].Complete();
    }

    private void WriteAll()
    {
        while (TryTake(stages.Length, out FrameSlot slot))
            Write(slot);
        Finish();
    }

    // The reader of queue i is thread i + 1, its writer thread i.
    private bool TryTake(int queue, out FrameSlot slot)
    {
        long begin = Stopwatch.GetTimestamp();
        bool more = queues[queue].TryTake(out slot, stop.Token);
        clocks[queue + 1].Waited("wait for a frame", begin);
        return more;
    }

    private void Pass(int queue, FrameSlot slot)
    {
        long begin = Stopwatch.GetTimestamp();
        queues[queue].Add(slot, stop.Token);
        clocks[queue].Waited("wait for room", begin);
    }

    private FrameSlot? Read()
    {
        stop.Token.ThrowIfCancellationRequested();
        if (statistics[0].Count >= options.MaxFrames)
            return null;

        long asked = Stopwatch.GetTimestamp();
        FrameSlot slot = pool.Rent(stop.Token);
        long begin = clocks[0].Waited("wait for a slot", asked);
        bool more;
        try
        {
            more = source.TryRead(slot, stop.Token);
        }
        catch (UserErrorException broken)
        {
            // The readable frames before the break are worth keeping: the stream ends here, and the caller hears why.
            sourceFailure = broken;
            more = false;
        }

        if (!more)
        {
            pool.Return(slot);
            return null;
        }

        slot.Id = statistics[0].Count;
        slot.DecodedAt = clocks[0].Worked(slot.Id, begin);
        return slot;
    }

    private void Process(int stage, FrameSlot slot)
    {
        long asked = Stopwatch.GetTimestamp();
        stages[stage].Await(slot, stop.Token);
        long begin = clocks[stage + 1].Waited("wait for a buffer", asked);
        stages[stage].Process(slot, stop.Token);
        clocks[stage + 1].Worked(slot.Id, begin);
    }

    private void Write(FrameSlot slot)
    {
        long begin = Stopwatch.GetTimestamp();
        sink.Write(slot, picture == FramePicture.Raw ? slot.Raw : slot.Purified, stop.Token);
        Latency.Record(clocks[^1].Worked(slot.Id, begin) - slot.DecodedAt);
        if (!slot.IsPurified && (picture == FramePicture.Purified || slot.Seen is not null))
            Volatile.Write(ref unpurified, unpurified + 1);
        Volatile.Write(ref frames, frames + 1);
        pool.Return(slot);
    }

    private void Finish()
    {
        if (frames == 0 && sourceFailure is not null)
            ExceptionDispatchInfo.Throw(sourceFailure);
        stop.Token.ThrowIfCancellationRequested();
        sink.Complete(stop.Token);
    }
}
