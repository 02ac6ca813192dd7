using System.Numerics.Tensors;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Detection;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Guard;

/// <summary>
/// Graph stage: classifies the picture as it came and the purified one, of <see cref="FrameSlot.Seen"/> where there is one, and compares the two answers. A frame that
/// the classifier fails on is marked and counted and stops nothing. The classifier is borrowed.
/// </summary>
internal sealed class ClassifyStage : IFrameStage
{
    // Without a calibration a frame scores 1 where its verdict changed, else 0: up after three frames in which most did.
    private static readonly AlarmTiming Changes = AlarmTiming.Of(0.5);

    private readonly FrameClassifier judge;
    private readonly StreamAlarm alarm;
    private readonly int top;
    private long failures;
    private long raised;
    private long changed;
    private bool isUp;

    /// <summary>Prepares.</summary>
    /// <param name="classifier">Judges the frames.</param>
    /// <param name="seen">Size of the pictures it is given: of the frames, or of what it will see of them.</param>
    /// <param name="calibration">Of purifier and classifier; null for the rule without one.</param>
    /// <param name="top">Classes to keep of each verdict, at least 1.</param>
    public ClassifyStage(IClassifier classifier, FrameFormat seen, AlarmCalibration? calibration, int top)
    {
        judge = new FrameClassifier(classifier, seen.Width, seen.Height);
        alarm = new StreamAlarm(calibration, judge, Changes);
        this.top = Math.Min(top, classifier.Labels.Count);
    }

    public string Name => "classify";

    /// <summary>Why the first frame that the classifier failed on could not be classified; null while all went well.</summary>
    public string? FirstFailure { get; private set; }

    /// <summary>Frames that the classifier failed on.</summary>
    public long Failures => Volatile.Read(ref failures);

    /// <summary>How often the alarm went up.</summary>
    public long Raised => Volatile.Read(ref raised);

    /// <summary>Frames whose most probable class was another one behind the purifier.</summary>
    public long Changed => Volatile.Read(ref changed);

    /// <summary>What raises the alarm, in words.</summary>
    public string Rule => alarm.Rule;

    public void Process(FrameSlot slot, CancellationToken cancellation)
    {
        FrameVerdicts verdicts = slot.Verdicts ??= new FrameVerdicts(top);      // once for each slot: slots are pooled
        verdicts.IsAlarm = isUp;    // a frame without verdicts changes nothing
        try
        {
            Judge(slot.Seen ?? slot, verdicts);
        }
        catch (Exception error) when (error is ArgumentException or UserErrorException)
        {
            // A logit that is not a number, or ONNX Runtime gave up on this picture: the next one may be fine.
            slot.Failure ??= $"the classifier failed: {error.Message}";
            FirstFailure ??= $"frame {slot.Id}: {error.Message}";
            Volatile.Write(ref failures, failures + 1);
        }
    }

    /// <summary>Does nothing: the classifier belongs to the caller.</summary>
    public void Dispose()
    {
    }

    private void Judge(FrameSlot seen, FrameVerdicts verdicts)
    {
        Classify(seen.Raw);
        alarm.TakeRaw(judge);
        verdicts.TakeRaw(judge);
        if (!seen.IsPurified)
            return;
        Classify(seen.Purified);
        verdicts.IsAlarm = isUp = alarm.TakePurified(judge);
        verdicts.TakePurified(judge);
        (verdicts.Score, verdicts.IsFlagged) = (alarm.Score, alarm.IsFlagged);
        Volatile.Write(ref raised, alarm.Raised);
        if (verdicts.Raw[0].Label != verdicts.Purified[0].Label)
            Volatile.Write(ref changed, changed + 1);
    }

    // One answer that is not finite must not reach the alarm: the mean over time would stay what it is made.
    private void Classify(ReadOnlySpan<byte> picture)
    {
        judge.Classify(picture);
        if (!float.IsFinite(TensorPrimitives.MaxMagnitude(judge.Logits)))
            throw new ArgumentException("A logit is not finite.", nameof(picture));
    }
}
