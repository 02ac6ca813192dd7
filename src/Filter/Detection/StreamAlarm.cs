using Realtime.Filter.Classifiers;

namespace Realtime.Filter.Detection;

/// <summary>
/// The alarm of a stream of frames: the calibrated score over time, or, where there is no calibration, whether the verdict changed: for each frame by
/// itself, or over time too. A frame costs no memory. Used from one thread.
/// </summary>
public sealed class StreamAlarm
{
    private readonly AlarmCalibration? calibration;
    private readonly AlarmState? state;
    private readonly int width;
    private readonly float[] picture;       // [3, H, W] what the classifier saw of the frame as it came
    private readonly float[] logits;        // [K]
    private readonly double[] features = new double[AttackFeatures.Count];

    /// <summary>Prepares for the frames of a classifier.</summary>
    /// <param name="calibration">Of its purifier and classifier; null for the rule without one.</param>
    /// <param name="judge">Who judges the frames; looked at for its sizes only.</param>
    /// <param name="changes">How changed verdicts become an alarm where there is no calibration; null takes each frame by itself.</param>
    public StreamAlarm(AlarmCalibration? calibration, FrameClassifier judge, AlarmTiming? changes = null)
    {
        ArgumentNullException.ThrowIfNull(judge);
        this.calibration = calibration;
        state = (calibration?.Timing ?? changes) is AlarmTiming timing ? new AlarmState(timing) : null;
        width = judge.PictureWidth;
        picture = new float[judge.Picture.Length];
        logits = new float[judge.Logits.Length];
    }

    /// <summary>What raises it, in words.</summary>
    public string Rule => calibration is null ? "verdict changed" : "calibrated score";

    /// <summary>The last frame's score, 0..1; NaN without a calibration.</summary>
    public double Score { get; private set; } = double.NaN;

    /// <summary>The score from which a frame is flagged; NaN without a calibration.</summary>
    public double Threshold => calibration?.Threshold ?? double.NaN;

    /// <summary>Whether the last frame by itself was taken for attacked.</summary>
    public bool IsFlagged { get; private set; }

    /// <summary>How often the alarm went up so far; 0 where each frame is taken by itself.</summary>
    public long Raised => state?.Raised ?? 0;

    /// <summary>Keeps what <paramref name="judge"/> has just seen and said of a frame as it came.</summary>
    public void TakeRaw(FrameClassifier judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        judge.Picture.CopyTo(picture);
        judge.Logits.CopyTo(logits);
    }

    /// <summary>Compares it with what <paramref name="judge"/> has just seen and said of the same frame purified.</summary>
    /// <returns>Whether the alarm is up.</returns>
    public bool TakePurified(FrameClassifier judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        if (calibration is null)
        {
            IsFlagged = AttackFeatures.IsFlipped(logits, judge.Logits);
            return state?.Add(IsFlagged ? 1 : 0) ?? IsFlagged;
        }

        AttackFeatures.Measure(logits, judge.Logits, picture, judge.Picture, width, features);
        Score = calibration.Score(features);
        IsFlagged = Score >= calibration.Threshold;
        return state!.Add(Score);
    }
}
