using Realtime.Filter.Metrics;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Demo;

/// <summary>What the demo has counted and measured so far. Written by one thread; read when the run is over.</summary>
public sealed class DemoScore
{
    private readonly List<double> latencies = [];
    private long values;
    private double attackedError;
    private double purifiedError;
    private double rawSeams;
    private double purifiedSeams;
    private long compared;

    /// <summary>Frames seen.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames whose raw picture the classifier got right.</summary>
    public long RawRight { get; private set; }

    /// <summary>The same for the attacked picture.</summary>
    public long AttackedRight { get; private set; }

    /// <summary>The same for the attacked picture after the purifier.</summary>
    public long PurifiedRight { get; private set; }

    /// <summary>The same for the raw picture after the purifier.</summary>
    public long CleanRight { get; private set; }

    /// <summary>Frames that the purifier failed on and that were passed through.</summary>
    public long Unpurified { get; private set; }

    /// <summary>PSNR of all attacked frames against the raw ones, in dB.</summary>
    public double AttackedPsnr => Psnr.FromSquaredError(attackedError / values, peak: 255);

    /// <summary>PSNR of all purified attacked frames against the raw ones, in dB.</summary>
    public double PurifiedPsnr => Psnr.FromSquaredError(purifiedError / values, peak: 255);

    /// <summary>Mean <see cref="SeamMetric"/> of the purified attacked frames; 1 is no seam.</summary>
    public double PurifiedSeams => purifiedSeams / compared;

    /// <summary>The same of the raw frames, which have edges of their own there too.</summary>
    public double RawSeams => rawSeams / compared;

    /// <summary>Frames a second through purifier and classifier, one after the other.</summary>
    public double FramesPerSecond => 1000 / latencies.Average();

    /// <summary>Adds one frame's verdicts.</summary>
    public void Count(bool rawRight, bool attackedRight, bool purifiedRight, bool cleanRight, bool isPurified)
    {
        Frames++;
        RawRight += rawRight ? 1 : 0;
        AttackedRight += attackedRight ? 1 : 0;
        PurifiedRight += purifiedRight ? 1 : 0;
        CleanRight += cleanRight ? 1 : 0;
        Unpurified += isPurified ? 0 : 1;
    }

    /// <summary>Adds one frame's pictures, [H, W, 3] each, and the grid that the purified one was blended from.</summary>
    public void Compare(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> attacked, ReadOnlySpan<byte> purified, TileGrid grid)
    {
        compared++;
        rawSeams += SeamMetric.Ratio(raw, grid);
        purifiedSeams += SeamMetric.Ratio(purified, grid);
        values += raw.Length;
        attackedError += Psnr.SquaredError(raw, attacked);
        purifiedError += Psnr.SquaredError(raw, purified);
    }

    /// <summary>Adds the time that one frame took from the attacked picture to the verdict on the purified one.</summary>
    public void Time(TimeSpan latency) => latencies.Add(latency.TotalMilliseconds);

    /// <summary>The nearest-rank percentile of the times, in milliseconds.</summary>
    public double Latency(double percent)
    {
        double[] sorted = [.. latencies.Order()];
        int rank = Math.Max(1, (int)Math.Ceiling(percent / 100 * sorted.Length));
        return sorted[rank - 1];
    }
}
