namespace Realtime.Filter.Classifiers;

/// <summary>What a classifier says of one frame before and behind the purifier, and what follows from the two. Pooled with the frame's slot.</summary>
public sealed class FrameVerdicts
{
    private readonly Verdict[] raw;
    private readonly Verdict[] purified;
    private int rawCount;
    private int purifiedCount;

    /// <summary>Makes room.</summary>
    /// <param name="top">The most classes of each picture, at least 1.</param>
    public FrameVerdicts(int top)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        raw = new Verdict[top];
        purified = new Verdict[top];
    }

    /// <summary>The most probable classes of the picture as it came, best first; empty where the classifier failed.</summary>
    public ReadOnlySpan<Verdict> Raw => raw.AsSpan(0, rawCount);

    /// <summary>Those of the purified picture; empty where it could not be purified, or the classifier failed.</summary>
    public ReadOnlySpan<Verdict> Purified => purified.AsSpan(0, purifiedCount);

    /// <summary>The attack score, 0..1; NaN without a calibration or without a purified verdict.</summary>
    public double Score { get; set; } = double.NaN;

    /// <summary>Whether this frame by itself was taken for attacked.</summary>
    public bool IsFlagged { get; set; }

    /// <summary>Whether the alarm is up, with its hysteresis over the frames before.</summary>
    public bool IsAlarm { get; set; }

    /// <summary>Takes the classes of the picture that <paramref name="judge"/> has seen last for the raw ones.</summary>
    public void TakeRaw(FrameClassifier judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        rawCount = judge.Top(raw);
    }

    /// <summary>Takes them for the purified ones.</summary>
    public void TakePurified(FrameClassifier judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        purifiedCount = judge.Top(purified);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        rawCount = purifiedCount = 0;
        Score = double.NaN;
        IsFlagged = IsAlarm = false;
    }
}
