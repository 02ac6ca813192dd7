namespace Realtime.Trainer.Detection;

/// <summary>What a kind of picture is for in a calibration.</summary>
public enum ShownRole
{
    /// <summary>As it is: must not raise the alarm.</summary>
    Clean,

    /// <summary>Noisy, compressed, of other brightness: must not raise it either.</summary>
    Changed,

    /// <summary>Attacked by someone who knows the classifier (transfer, non-adaptive): must raise it.</summary>
    Attacked,

    /// <summary>Attacked by someone who knows the purifier too (full gradient): reported, never fitted on.</summary>
    Adaptive,
}
