namespace Realtime.Viewer.Overlay;

/// <summary>A colour to draw with, not premultiplied.</summary>
/// <param name="R">Red.</param>
/// <param name="G">Green.</param>
/// <param name="B">Blue.</param>
/// <param name="A">255 covers.</param>
internal readonly record struct Tint(byte R, byte G, byte B, byte A = 255)
{
    /// <summary>The same colour, this much of it.</summary>
    public Tint Fade(float part) => this with { A = (byte)Math.Clamp(A * part + 0.5f, 0, 255) };

    /// <summary>Premultiplied RGBA8 with red in the lowest byte, of a pixel covered by <paramref name="coverage"/>/255.</summary>
    public uint Covering(int coverage)
    {
        uint alpha = Divide((uint)(A * coverage));
        return Divide(R * alpha) | (Divide(G * alpha) << 8) | (Divide(B * alpha) << 16) | (alpha << 24);
    }

    /// <summary>By 255, rounded.</summary>
    private static uint Divide(uint value) => ((value + 128) * 257) >> 16;
}
