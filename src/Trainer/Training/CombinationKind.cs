namespace Realtime.Trainer.Training;

/// <summary>The values of the random combination's mask.</summary>
public enum CombinationKind
{
    /// <summary>Every patch has a share of its own between 0 and 1, as the paper says.</summary>
    Grey,

    /// <summary>Every patch is purified or attacked: of each picture a half, a third or a quarter stays attacked, as in the authors' code.</summary>
    Binary,
}
