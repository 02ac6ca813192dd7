using Realtime.Filter.Gpu.Frames;

namespace Realtime.Filter.Tests.Gpu.Frames;

/// <summary>A decoded YUV 4:2:0 picture and what it looks like, worked out in float64 with the inverse matrices as the standards print them.</summary>
internal sealed class YuvPicture(int width, int height, FramePixels pixels)
{
    private readonly int chromaWidth = (width + 1) / 2;
    private readonly int chromaHeight = (height + 1) / 2;

    /// <summary>The decoded bytes; all of them can occur.</summary>
    public byte[] Bytes { get; } = Random(width, height);

    /// <summary>Red, green, blue of a pixel, 0..255.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="standard">601, 709 or 2020.</param>
    /// <param name="limited">Luma 16..235, chroma 16..240.</param>
    public double[] Rgb(int x, int y, int standard, bool limited)
    {
        double luma = Bytes[(y * width) + x];
        // Samples lie on even columns, and between rows 2j and 2j + 1.
        double blue = Chroma(0, x / 2.0, (y - 0.5) / 2) - 128, red = Chroma(1, x / 2.0, (y - 0.5) / 2) - 128;
        if (limited)
            (luma, blue, red) = ((luma - 16) * 255 / 219, blue * 255 / 224, red * 255 / 224);
        (double redOfRed, double greenOfBlue, double greenOfRed, double blueOfBlue) = standard switch
        {
            601 => (1.402, 0.344136, 0.714136, 1.772),
            709 => (1.5748, 0.187324, 0.468124, 1.8556),
            _ => (1.4746, 0.164553, 0.571353, 1.8814),
        };
        return
        [
            Math.Clamp(luma + (redOfRed * red), 0, 255),
            Math.Clamp(luma - (greenOfBlue * blue) - (greenOfRed * red), 0, 255),
            Math.Clamp(luma + (blueOfBlue * blue), 0, 255),
        ];
    }

    private double Chroma(int plane, double column, double row)
    {
        int left = (int)Math.Floor(column), top = (int)Math.Floor(row);
        double right = column - left, down = row - top;
        return ((1 - down) * (((1 - right) * Sample(plane, left, top)) + (right * Sample(plane, left + 1, top))))
            + (down * (((1 - right) * Sample(plane, left, top + 1)) + (right * Sample(plane, left + 1, top + 1))));
    }

    private double Sample(int plane, int column, int row)
    {
        int at = (Math.Clamp(row, 0, chromaHeight - 1) * chromaWidth) + Math.Clamp(column, 0, chromaWidth - 1);
        int start = width * height;
        return Bytes[pixels == FramePixels.Nv12 ? start + (2 * at) + plane : start + (plane * chromaWidth * chromaHeight) + at];
    }

    // Chroma near its middle, or nearly every colour would be clamped.
    private static byte[] Random(int width, int height)
    {
        Random random = new(width);
        byte[] bytes = new byte[(width * height) + (2 * ((width + 1) / 2) * ((height + 1) / 2))];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(i < width * height || i % 7 == 0 ? random.Next(256) : random.Next(78, 179));
        return bytes;
    }
}
