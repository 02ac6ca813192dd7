namespace Realtime.Filter.Solids;

/// <summary>The procedural patterns.</summary>
internal enum TextureKind
{
    /// <summary>Nearly one colour, slightly mottled.</summary>
    Plain,

    /// <summary>Cubes of alternating colour.</summary>
    Checker,

    /// <summary>Parallel bands.</summary>
    Stripes,

    /// <summary>Bands bent by noise.</summary>
    Marble,

    /// <summary>Soft patches.</summary>
    Clouds,

    /// <summary>Round dots on a grid.</summary>
    Dots,
}
