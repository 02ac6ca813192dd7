namespace Realtime.Filter.Plots;

/// <summary>What of a text lies at the point it is drawn at.</summary>
internal enum TextAnchor
{
    /// <summary>Its beginning.</summary>
    Start,

    /// <summary>Its middle.</summary>
    Middle,

    /// <summary>Its end.</summary>
    End,
}
