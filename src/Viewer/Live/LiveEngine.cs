using System.Runtime.ExceptionServices;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Detection;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Solids;
using Realtime.Filter.Video;

namespace Realtime.Viewer.Live;

/// <summary>
/// Everything that runs behind the window: a frame graph (source, attack, purify, publish) on its own threads, and the attacker on another.
/// Whoever draws takes the newest whole frame and never waits.
/// </summary>
internal sealed class LiveEngine : IDisposable
{
    private readonly PacedSource source;
    private readonly OnnxClassifier classifier;
    private readonly OnnxClassifier advisor;        // the attack stage's own: a classifier belongs to one thread
    private readonly PurifierStage purifier;
    private readonly PublishSink sink;
    private readonly FrameGraph graph;
    private readonly TripleBuffer<ShownFrame> shown;
    private readonly CancellationTokenSource stop = new();
    private readonly AutoResetEvent arrived = new(false);
    private readonly AutoResetEvent taken = new(false);
    private readonly bool isLive;
    private readonly SourceTruth? truth;
    private readonly bool sourceKnowsTruth;     // and means the classifier's classes
    private readonly Thread thread;
    private ExceptionDispatchInfo? fault;
    private bool isDone;

    /// <summary>Opens everything and starts.</summary>
    /// <param name="state">What the user chooses.</param>
    /// <param name="input">The source; the engine owns it, unless this throws.</param>
    /// <param name="first">The purifier to begin with; likewise.</param>
    /// <param name="options">What stays as it is.</param>
    /// <exception cref="UserErrorException">A classifier that cannot be opened or attacked, or labels that it does not have.</exception>
    public LiveEngine(ViewState state, IFrameSource input, ITilePurifier first, LiveOptions options)
    {
        State = state;
        isLive = options.IsLive;
        source = new PacedSource(input, isLive);
        state.Duration = source.Duration;
        Pictures.Device = options.Device;
        if (options.Start > 0)
            source.Seek(options.Start);
        FrameFormat format = source.Format;
        classifier = OnnxClassifier.Open(state.Classifier, 1);
        try
        {
            truth = options.Labels is string labels ? SourceTruth.Parse(labels, classifier.Name, classifier.Labels) : null;
            sourceKnowsTruth = state.Source.StartsWith("solids:", StringComparison.Ordinal) && classifier.Labels.SequenceEqual(SolidsPictures.Labels);
            advisor = OnnxClassifier.Open(state.Classifier, 1);
            Attacker = new LiveAttacker(state, state.Classifier, format.Width, format.Height, TruthOf, isLive);
            RawRing raw = new(format.ByteCount);
            shown = new TripleBuffer<ShownFrame>(() => new ShownFrame(format.Width, format.Height));
            purifier = new PurifierStage(state, format, options.Overlap, first, Pictures, source.IsStale);
            AttackStage attack = new(this, new FrameClassifier(advisor, format.Width, format.Height), raw);
            sink = new PublishSink(this, new FrameClassifier(classifier, format.Width, format.Height), classifier.Labels, raw, shown);
            sink.Calibrate(options.Alarm);
            graph = new FrameGraph(source, [attack, purifier], sink, FramePicture.Purified, new FrameGraphOptions(QueueCapacity: 1, MaxFrames: options.Frames));
        }
        catch
        {
            Attacker?.Dispose();
            advisor?.Dispose();
            classifier.Dispose();
            throw;
        }

        thread = new Thread(Run) { Name = "realtime graph", IsBackground = true };
        thread.Start();
    }

    /// <summary>What the user chooses.</summary>
    public ViewState State { get; }

    /// <summary>The attacker.</summary>
    public LiveAttacker Attacker { get; }

    /// <summary>Purified frames that never leave the device that draws.</summary>
    public SharedPictures Pictures { get; } = new();

    /// <summary>Size of the pictures.</summary>
    public FrameFormat Format => source.Format;

    /// <summary>Names of the classes.</summary>
    public IReadOnlyList<string> Labels => classifier.Labels;

    /// <summary>Frames left out because they were late.</summary>
    public long Dropped => source.Dropped;

    /// <summary>Whether the source can go to a place.</summary>
    public bool CanSeek => source.CanSeek;

    /// <summary>Seconds of the frame that was shown last.</summary>
    public double Position { get; private set; }

    /// <summary>Where the source was asked to go and what is not shown yet, seconds; NaN where there is no such place.</summary>
    public double Wanted => source.Wanted;

    /// <summary>Number of the last frame that reaches the window before the pause; null while more may come.</summary>
    public long? LastBeforePause => source.LastBeforePause;

    /// <summary>Why the source broke off; null while it did not.</summary>
    public string? SourceFailure { get; private set; }

    /// <summary>What purifying the last frame took.</summary>
    public double PurifyMilliseconds => purifier.Milliseconds;

    /// <summary>Whether the graph has ended.</summary>
    public bool IsDone => Volatile.Read(ref isDone);

    /// <summary>The newest frame.</summary>
    /// <returns>Whether it is another than last time.</returns>
    /// <remarks>Throws what the graph threw, where it failed.</remarks>
    public bool TakeNewest(out ShownFrame frame)
    {
        Volatile.Read(ref fault)?.Throw();
        if (!shown.TakeNewest(out frame))
            return false;
        Position = frame.Time;
        taken.Set();
        return true;
    }

    /// <summary>Waits for a frame, but no longer than <paramref name="patience"/>: what a window does between two pictures.</summary>
    public void WaitForFrame(TimeSpan patience) => arrived.WaitOne(patience);

    /// <summary>Seconds from the source's first frame to a time stamp.</summary>
    public double TimeOf(long pts) => source.TimeOf(pts);

    /// <summary>The true class of a frame: what the user says, else what the source knows, else -1.</summary>
    public int TruthOf(FrameSlot slot) =>
        truth is not null ? truth.At((long)Math.Round(TimeOf(slot.Pts) * Format.FrameRate)) : sourceKnowsTruth ? slot.TrueLabel : -1;

    /// <summary>Whether a frame is from where the user no longer wants to be.</summary>
    public bool IsStale(long frame) => source.IsStale(frame);

    /// <summary>Tells that a frame was handed over; where time does not matter, waits until it was taken, so that none is missed.</summary>
    public void Announce(long frame, CancellationToken cancellation)
    {
        source.Shown(frame);
        arrived.Set();
        if (!isLive && WaitHandle.WaitAny([taken, cancellation.WaitHandle]) == 1)
            cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Stops and goes on.</summary>
    public void Pause(bool pause)
    {
        State.Paused = pause;
        source.Pause(pause);
    }

    /// <summary>Lets one frame through while paused.</summary>
    public void Step() => source.Step();

    /// <summary>Goes to a place in the source and shows it, paused or not; needs <see cref="CanSeek"/>.</summary>
    public void Seek(double seconds) => source.Seek(seconds);

    /// <summary>Hands over another purifier, which the engine owns, and the alarm's calibration for it, or null.</summary>
    public void Swap(ITilePurifier other, AlarmCalibration? calibration)
    {
        purifier.Swap(other);
        sink.Calibrate(calibration);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        thread.Join();
        purifier.Dispose();
        Attacker.Dispose();
        source.Dispose();
        classifier.Dispose();
        advisor.Dispose();
        stop.Dispose();
        arrived.Dispose();
        taken.Dispose();
    }

    private void Run()
    {
        try
        {
            SourceFailure = graph.Run(stop.Token).SourceFailure?.Message;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the window was closed
        }
        catch (Exception error)
        {
            Volatile.Write(ref fault, ExceptionDispatchInfo.Capture(error));
        }

        Volatile.Write(ref isDone, true);
        arrived.Set();
    }
}
