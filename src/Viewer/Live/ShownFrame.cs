namespace Realtime.Viewer.Live;

/// <summary>One frame with everything that is shown of it: three pictures and three verdicts of the same id.</summary>
internal sealed class ShownFrame(int width, int height)
{
    /// <summary>Pixels a row.</summary>
    public int Width { get; } = width;

    /// <summary>Rows.</summary>
    public int Height { get; } = height;

    /// <summary>The frame's number; the same for all pictures here; -1 before the first.</summary>
    public long Id { get; set; } = -1;

    /// <summary>Seconds from the first frame of the source.</summary>
    public double Time { get; set; }

    /// <summary>[H, W, 3] as decoded.</summary>
    public byte[] Raw { get; } = new byte[width * height * 3];

    /// <summary>[H, W, 3] with the perturbation.</summary>
    public byte[] Attacked { get; } = new byte[width * height * 3];

    /// <summary>[H, W, 3] purified.</summary>
    public byte[] Purified { get; } = new byte[width * height * 3];

    /// <summary>The purified picture on the device that draws; null where it is only in <see cref="Purified"/>.</summary>
    public SharedPicture? OnDevice { get; set; }

    /// <summary>False where the purifier is off or failed.</summary>
    public bool IsPurified { get; set; }

    /// <summary>Whether the purifier was off when it came by.</summary>
    public bool IsBypassed { get; set; }

    /// <summary>The true class where it is known, else -1.</summary>
    public int TrueLabel { get; set; } = -1;

    public Verdict OfRaw { get; } = new();

    public Verdict OfAttacked { get; } = new();

    public Verdict OfPurified { get; } = new();

    /// <summary>Whether the alarm is up, see <see cref="Filter.Detection.StreamAlarm"/>.</summary>
    public bool Alarm { get; set; }

    /// <summary>Whether this frame by itself was taken for attacked.</summary>
    public bool IsFlagged { get; set; }

    public LiveStatistics Statistics { get; } = new();
}
