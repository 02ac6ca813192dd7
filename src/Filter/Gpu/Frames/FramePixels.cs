namespace Realtime.Filter.Gpu.Frames;

/// <summary>How the bytes of a decoded frame are laid out; the numbers are those of colour.comp.</summary>
public enum FramePixels
{
    /// <summary>[H, W, 3] red, green, blue, full range.</summary>
    Rgb24 = 0,

    /// <summary>[H, W] luma, then two planes of [ceil(H / 2), ceil(W / 2)]: blue and red difference.</summary>
    Yuv420p = 1,

    /// <summary>[H, W] luma, then [ceil(H / 2), ceil(W / 2), 2] blue and red difference.</summary>
    Nv12 = 2,
}
