namespace Realtime.Filter.Defences;

/// <summary>One component of a JPEG picture, in whole 8x8 blocks: what quantising its frequencies leaves of it.</summary>
internal sealed class JpegPlane
{
    private readonly float[] steps;
    private readonly float[] values;

    /// <summary>Makes room for a component.</summary>
    /// <param name="width">Width in samples.</param>
    /// <param name="height">Height in samples.</param>
    /// <param name="steps">[8, 8] quantisation steps in natural order.</param>
    public JpegPlane(int width, int height, float[] steps)
    {
        this.steps = steps;
        (Width, Height) = (width, height);
        (WholeWidth, WholeHeight) = (Whole(width), Whole(height));
        values = new float[WholeWidth * WholeHeight];
    }

    /// <summary>Width in samples.</summary>
    public int Width { get; }

    /// <summary>Height in samples.</summary>
    public int Height { get; }

    /// <summary>Width with the last blocks whole.</summary>
    public int WholeWidth { get; }

    /// <summary>Height with the last blocks whole.</summary>
    public int WholeHeight { get; }

    /// <summary>The sample at (x, y), 0..255. Written up to the end of the last blocks; read outside the picture, its edge goes on.</summary>
    public float this[int x, int y]
    {
        get => values[(Math.Clamp(y, 0, Height - 1) * WholeWidth) + Math.Clamp(x, 0, Width - 1)];
        set => values[(y * WholeWidth) + x] = value;
    }

    /// <summary>Encodes and decodes: every block to frequencies, each to the nearest step, and back to whole samples.</summary>
    public void Quantise()
    {
        Span<float> block = stackalloc float[Dct8.Size * Dct8.Size];
        for (int top = 0; top < WholeHeight; top += Dct8.Size)
        {
            for (int left = 0; left < WholeWidth; left += Dct8.Size)
            {
                for (int i = 0; i < block.Length; i++)
                    block[i] = values[At(top, left, i)] - 128;
                Dct8.Forward(block);
                for (int i = 0; i < block.Length; i++)
                    block[i] = MathF.Round(block[i] / steps[i], MidpointRounding.AwayFromZero) * steps[i];
                Dct8.Inverse(block);
                for (int i = 0; i < block.Length; i++)
                    values[At(top, left, i)] = Math.Clamp(MathF.Round(block[i] + 128), 0, 255);
            }
        }
    }

    private static int Whole(int length) => (length + Dct8.Size - 1) / Dct8.Size * Dct8.Size;

    private int At(int top, int left, int i) => ((top + (i / Dct8.Size)) * WholeWidth) + left + (i % Dct8.Size);
}
