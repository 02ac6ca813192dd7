namespace Realtime.Filter.Purifiers;

/// <summary>What a purifier made of a tile.</summary>
internal enum TileLook : byte
{
    /// <summary>Something can be seen in it.</summary>
    Shows,

    /// <summary>It is flat, and was nearly flat before.</summary>
    Plain,

    /// <summary>It is flat, and was not before.</summary>
    Lost,

    /// <summary>It has values that are not finite.</summary>
    NotFinite,
}
