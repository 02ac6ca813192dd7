namespace Realtime.Viewer.Live;

/// <summary>What the user has chosen; written by the window's thread, read by all.</summary>
internal sealed class ViewState
{
    public string Source { get; set; } = "";

    public string Model { get; set; } = "";

    public string Classifier { get; set; } = "";

    public string Device { get; set; } = "cpu";

    /// <summary>One of <see cref="LiveAttacks.Names"/>.</summary>
    public string Attack { get; set; } = "PGD";

    public bool AttackOn { get; set; } = true;

    public bool PurifierOn { get; set; } = true;

    /// <summary>How much of a perturbation that takes long is computed, and of how much; 0 of 0 where none is being computed.</summary>
    public (int Done, int Total) Computing { get; set; }

    /// <summary>In 8-bit levels.</summary>
    public int Eps { get; set; } = 8;

    public int Steps { get; set; } = 10;

    public bool Paused { get; set; }

    /// <summary>Raw, attacked, purified, wipe, difference.</summary>
    public bool ShowDifference { get; set; }

    public bool ShowWipe { get; set; }

    /// <summary>0..1 of the pane's width.</summary>
    public float WipeAt { get; set; } = 0.5f;

    /// <summary>The difference pane multiplies by this.</summary>
    public float DifferenceGain { get; set; } = 8;

    /// <summary>0 none, 1 figures, 2 graphs, 3 controls of the machine.</summary>
    public int OverlayPage { get; set; }

    public bool ShowHelp { get; set; }

    /// <summary>1 fits the pane.</summary>
    public float Zoom { get; set; } = 1;

    /// <summary>Centre of the view, 0..1 of the picture.</summary>
    public float CentreX { get; set; } = 0.5f;

    public float CentreY { get; set; } = 0.5f;

    /// <summary>A short note for the user ("screenshot written to ..."), shown until <see cref="NoteUntil"/> (Stopwatch ticks).</summary>
    public string Note { get; set; } = "";

    public long NoteUntil { get; set; }

    public bool Recording { get; set; }

    /// <summary>Seconds of the source; 0 where it has no end, or nobody knows it.</summary>
    public double Duration { get; set; }

    /// <summary>Where the source was asked to go and what is not shown yet, seconds; NaN where there is no such place.</summary>
    public double Wanted { get; set; } = double.NaN;
}
