namespace Realtime.Filter.Captions;

/// <summary>A colour to draw with, 8-bit RGB.</summary>
/// <param name="R">Red.</param>
/// <param name="G">Green.</param>
/// <param name="B">Blue.</param>
public readonly record struct Ink(byte R, byte G, byte B)
{
    /// <summary>Text on dark ground.</summary>
    public static Ink White => new(236, 239, 244);

    /// <summary>Less important text.</summary>
    public static Ink Gray => new(150, 158, 170);

    /// <summary>A verdict that is right; tells apart from <see cref="Vermilion"/> for colour-blind eyes as well.</summary>
    public static Ink Green => new(86, 211, 150);

    /// <summary>A verdict that is wrong.</summary>
    public static Ink Vermilion => new(255, 110, 74);

    /// <summary>The ground.</summary>
    public static Ink Night => new(20, 22, 27);

    /// <summary>Bars on the ground.</summary>
    public static Ink Slate => new(40, 45, 54);
}
