namespace Realtime.Viewer.Live;

/// <summary>Figures of the running pipeline, as of one shown frame.</summary>
internal sealed class LiveStatistics
{
    /// <summary>Points of the graphs.</summary>
    public const int History = 120;

    /// <summary>Frames a second through the purifier, and drawn on screen.</summary>
    public double PipelineFps { get; set; }

    public double RenderFps { get; set; }

    /// <summary>Decoder to result, milliseconds, over the last frames.</summary>
    public double LatencyP50 { get; set; }

    public double LatencyP99 { get; set; }

    /// <summary>Key or mouse to the picture that shows it, milliseconds, over the last ones.</summary>
    public double AnswerP50 { get; set; }

    public double AnswerP99 { get; set; }

    /// <summary>Frames left out because they were late, so far.</summary>
    public long DroppedLate { get; set; }

    /// <summary>Frames that passed unpurified, so far.</summary>
    public long Unpurified { get; set; }

    /// <summary>dB between the raw picture and the attacked and the purified one.</summary>
    public double PsnrAttacked { get; set; }

    public double PsnrPurified { get; set; }

    /// <summary>What raises the alarm, in words.</summary>
    public string AlarmRule { get; set; } = "";

    /// <summary>The frame's attack score and the one from which a frame is flagged, 0..1; NaN without a calibration.</summary>
    public double AlarmScore { get; set; } = double.NaN;

    public double AlarmThreshold { get; set; } = double.NaN;

    /// <summary>How old the perturbation in use is, milliseconds; and how many the attacker makes a second.</summary>
    public double AttackAge { get; set; }

    public double AttackFps { get; set; }

    /// <summary>Last frames' milliseconds, a ring; <see cref="HistoryAt"/> is where the next one goes.</summary>
    public float[] Attack { get; } = new float[History];

    public float[] Purify { get; } = new float[History];

    public float[] Classify { get; } = new float[History];

    public float[] Render { get; } = new float[History];

    public int HistoryAt { get; set; }
}
