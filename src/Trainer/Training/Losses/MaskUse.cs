namespace Realtime.Trainer.Training.Losses;

/// <summary>Whether a loss is made for purifiers that see the attacked picture through a mask.</summary>
public enum MaskUse
{
    /// <summary>It is defined on whole pictures.</summary>
    Never,

    /// <summary>It is defined for any share of masked patches, none included.</summary>
    Optional,

    /// <summary>It looks at masked patches only.</summary>
    Always,
}
