namespace Realtime.Filter.Gpu.Frames;

/// <summary>What a decoded frame's bytes mean.</summary>
/// <param name="Pixels">Their layout.</param>
/// <param name="Kr">Luma weight of red: 0.299 (BT.601), 0.2126 (BT.709), 0.2627 (BT.2020).</param>
/// <param name="Kb">Luma weight of blue: 0.114, 0.0722, 0.0593.</param>
/// <param name="IsLimited">Luma 16..235 and chroma 16..240 instead of 0..255.</param>
public sealed record FrameColour(FramePixels Pixels, float Kr, float Kb, bool IsLimited)
{
    /// <summary>Packed full-range RGB, as ffmpeg's scaler delivers it.</summary>
    public static FrameColour Rgb { get; } = new(FramePixels.Rgb24, 0.2126f, 0.0722f, false);

    /// <summary>YUV with the matrix of ITU-R BT.601, as in SD video.</summary>
    public static FrameColour Bt601(FramePixels pixels, bool isLimited) => new(pixels, 0.299f, 0.114f, isLimited);

    /// <summary>YUV with the matrix of ITU-R BT.709, as in HD video.</summary>
    public static FrameColour Bt709(FramePixels pixels, bool isLimited) => new(pixels, 0.2126f, 0.0722f, isLimited);

    /// <summary>YUV with the non-constant-luminance matrix of ITU-R BT.2020, as in UHD video.</summary>
    public static FrameColour Bt2020(FramePixels pixels, bool isLimited) => new(pixels, 0.2627f, 0.0593f, isLimited);

    /// <summary>Bytes of a frame.</summary>
    public int ByteCount(int width, int height) =>
        Pixels == FramePixels.Rgb24 ? width * height * 3 : (width * height) + (2 * ((width + 1) / 2) * ((height + 1) / 2));
}
