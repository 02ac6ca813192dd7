namespace Realtime.Filter.Attacks;

/// <summary>How the size of a perturbation is measured.</summary>
public enum Norm
{
    /// <summary>The largest change of any value.</summary>
    Linf,

    /// <summary>The Euclidean length of a picture's change.</summary>
    L2,

    /// <summary>Not by a norm of the change: the attack bounds something else, such as a flow field.</summary>
    None,
}
