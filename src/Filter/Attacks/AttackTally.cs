namespace Realtime.Filter.Attacks;

/// <summary>What an attack on a video has achieved so far. Thread-safe.</summary>
public sealed class AttackTally
{
    private readonly object gate = new();
    private long values;
    private long squaredError;

    /// <summary>Frames counted.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames whose clean picture got the label.</summary>
    public long RightBefore { get; private set; }

    /// <summary>Frames whose attacked picture still gets the label.</summary>
    public long RightAfter { get; private set; }

    /// <summary>The largest change of any value, in levels.</summary>
    public int LargestChange { get; private set; }

    /// <summary>Peak signal-to-noise ratio of all attacked frames against the clean ones, in dB.</summary>
    public double Psnr => Metrics.Psnr.FromSquaredError((double)squaredError / values, peak: 255);

    /// <summary>Adds a frame's verdicts.</summary>
    public void Judge(bool rightBefore, bool rightAfter)
    {
        lock (gate)
        {
            RightBefore += rightBefore ? 1 : 0;
            RightAfter += rightAfter ? 1 : 0;
        }
    }

    /// <summary>Adds a frame's pictures, of the same layout.</summary>
    public void Compare(ReadOnlySpan<byte> clean, ReadOnlySpan<byte> attacked)
    {
        long error = Metrics.Psnr.SquaredError(clean, attacked);
        int largest = 0;
        for (int i = 0; i < clean.Length; i++)
            largest = Math.Max(largest, Math.Abs(clean[i] - attacked[i]));
        lock (gate)
        {
            Frames++;
            values += clean.Length;
            squaredError += error;
            LargestChange = Math.Max(LargestChange, largest);
        }
    }
}
