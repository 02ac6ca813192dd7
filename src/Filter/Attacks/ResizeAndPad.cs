using Realtime.Filter.Classifiers;

namespace Realtime.Filter.Attacks;

/// <summary>Shrinks pictures and puts them somewhere on a black ground of the old size; with the exact adjoint.</summary>
internal sealed class ResizeAndPad
{
    private readonly BilinearResize resize;
    private readonly int top;
    private readonly int left;
    private readonly float[] small;

    /// <summary>Draws a size from <paramref name="least"/> of the old one up to it, and a place.</summary>
    public ResizeAndPad(int width, int height, double least, Random random)
    {
        double scale = least + ((1 - least) * random.NextDouble());
        int smallWidth = Math.Clamp((int)Math.Round(scale * width), 1, width), smallHeight = Math.Clamp((int)Math.Round(scale * height), 1, height);
        resize = new BilinearResize(width, height, smallWidth, smallHeight);
        top = random.Next(height - smallHeight + 1);
        left = random.Next(width - smallWidth + 1);
        small = new float[resize.TargetLength];
    }

    /// <summary>Transforms a batch.</summary>
    public void Apply(ReadOnlySpan<float> pictures, Span<float> padded)
    {
        padded.Clear();
        for (int at = 0; at < pictures.Length; at += resize.SourceLength)
        {
            resize.Apply(pictures.Slice(at, resize.SourceLength), small);
            for (int row = 0; row < 3 * resize.TargetHeight; row++)
                small.AsSpan(row * resize.TargetWidth, resize.TargetWidth).CopyTo(padded[(at + Place(row))..]);
        }
    }

    /// <summary>Carries a batch's gradient back.</summary>
    public void ApplyAdjoint(ReadOnlySpan<float> padded, Span<float> pictures)
    {
        for (int at = 0; at < pictures.Length; at += resize.SourceLength)
        {
            for (int row = 0; row < 3 * resize.TargetHeight; row++)
                padded.Slice(at + Place(row), resize.TargetWidth).CopyTo(small.AsSpan(row * resize.TargetWidth));
            resize.ApplyAdjoint(small, pictures.Slice(at, resize.SourceLength));
        }
    }

    private int Place(int row)
    {
        int channel = row / resize.TargetHeight, y = row % resize.TargetHeight;
        return (((channel * resize.SourceHeight) + top + y) * resize.SourceWidth) + left;
    }
}
