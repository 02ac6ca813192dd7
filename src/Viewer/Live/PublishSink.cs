using System.Diagnostics;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Detection;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Metrics;
using Realtime.Filter.Video;

namespace Realtime.Viewer.Live;

/// <summary>The end of the graph: judges the three pictures of a frame and hands them, with all figures, to whoever draws.</summary>
internal sealed class PublishSink(LiveEngine engine, FrameClassifier classifier, IReadOnlyList<string> labels, RawRing raw, TripleBuffer<ShownFrame> shown) : IFrameSink
{
    private readonly Filter.Classifiers.Verdict[] top = new Filter.Classifiers.Verdict[Verdict.Top];
    private readonly StageStatistics latency = new("latency");
    private readonly double[] rates = new double[2];    // last arrival, smoothed seconds between frames
    private readonly LiveStatistics history = new();
    private volatile StreamAlarm? alarm;      // set before the first frame
    private long unpurified;

    /// <inheritdoc/>
    public string Name => "viewer";

    /// <summary>Hands over the calibration of the next purifier, or null for none. A frame on its way through the old one may still meet it: one score is no alarm.</summary>
    public void Calibrate(AlarmCalibration? calibration) => alarm = new StreamAlarm(calibration, classifier);

    /// <inheritdoc/>
    public void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (engine.IsStale(slot.Id))
            return;
        long begin = Stopwatch.GetTimestamp();
        ShownFrame frame = shown.Back;
        frame.Id = slot.Id;
        frame.Time = engine.TimeOf(slot.Pts);
        frame.TrueLabel = slot.TrueLabel;
        (frame.IsPurified, frame.IsBypassed) = (slot.IsPurified, slot.IsBypassed);
        raw.Of(slot.Id).CopyTo(frame.Raw, 0);
        slot.Raw.CopyTo(frame.Attacked, 0);
        slot.Purified.CopyTo(frame.Purified, 0);
        frame.OnDevice = engine.Pictures.Exchange(slot.Id, frame.OnDevice);
        Judge(frame.Raw, frame.OfRaw);
        Judge(frame.Attacked, frame.OfAttacked);
        StreamAlarm now = alarm ?? throw new InvalidOperationException("Calibrate comes before the first frame.");
        now.TakeRaw(classifier);
        Judge(frame.Purified, frame.OfPurified);
        frame.Alarm = slot.IsPurified && now.TakePurified(classifier);
        frame.IsFlagged = slot.IsPurified && now.IsFlagged;
        (frame.Statistics.AlarmRule, frame.Statistics.AlarmScore, frame.Statistics.AlarmThreshold) = (now.Rule, slot.IsPurified ? now.Score : double.NaN, now.Threshold);
        if (!slot.IsPurified && !slot.IsBypassed)
            unpurified++;
        latency.Record(Stopwatch.GetTimestamp() - slot.DecodedAt);
        Fill(frame.Statistics, frame, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        shown.Publish();
        engine.Announce(slot.Id, cancellation);
    }

    /// <inheritdoc/>
    public void Complete(CancellationToken cancellation)
    {
    }

    /// <summary>Does nothing: all memory here is managed.</summary>
    public void Dispose()
    {
    }

    private void Judge(byte[] picture, Verdict verdict)
    {
        classifier.Classify(picture);
        int count = classifier.Top(top);
        for (int i = 0; i < Verdict.Top; i++)
        {
            verdict.Labels[i] = i < count ? labels[top[i].Label] : "";
            verdict.Confidences[i] = i < count ? top[i].Confidence : 0;
        }

        verdict.Best = top[0].Label;
    }

    private void Fill(LiveStatistics target, ShownFrame frame, double classifyMilliseconds)
    {
        double now = Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
        if (rates[0] > 0)
            rates[1] = rates[1] == 0 ? now - rates[0] : (0.9 * rates[1]) + (0.1 * (now - rates[0]));
        rates[0] = now;
        target.PipelineFps = rates[1] > 0 ? 1 / rates[1] : 0;
        target.LatencyP50 = latency.Percentile(50);
        target.LatencyP99 = latency.Percentile(99);
        target.DroppedLate = engine.Dropped;
        target.Unpurified = unpurified;
        target.PsnrAttacked = Psnr.Between(frame.Raw, frame.Attacked);
        target.PsnrPurified = Psnr.Between(frame.Raw, frame.Purified);
        target.AttackAge = engine.Attacker.Age;
        target.AttackFps = engine.Attacker.Rate;
        int at = history.HistoryAt;
        history.Attack[at] = (float)engine.Attacker.Milliseconds;
        history.Purify[at] = (float)engine.PurifyMilliseconds;
        history.Classify[at] = (float)classifyMilliseconds;
        history.HistoryAt = (at + 1) % LiveStatistics.History;
        history.Attack.CopyTo(target.Attack, 0);
        history.Purify.CopyTo(target.Purify, 0);
        history.Classify.CopyTo(target.Classify, 0);
        target.HistoryAt = history.HistoryAt;
    }
}
