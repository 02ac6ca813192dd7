using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// Translation invariance (Dong et al. 2019, equation 8): the gradient convolved with a Gaussian, which approximates the gradient averaged
/// over shifted pictures. Zero outside the picture, as in the authors' code.
/// </summary>
public sealed class SmoothedGradient : IGradient
{
    private const double Reach = 3;     // the kernel spans three deviations to each side

    private readonly IGradient victim;
    private readonly float[] kernel;
    private float[] rough = [];
    private float[] plane = [];

    /// <summary>Smooths the gradient of a victim.</summary>
    /// <param name="victim">The victim.</param>
    /// <param name="size">Odd edge of the kernel in pixels; the paper's 15.</param>
    public SmoothedGradient(IGradient victim, int size = 15)
    {
        ArgumentNullException.ThrowIfNull(victim);
        if (size < 1 || size % 2 == 0)
            throw new ArgumentOutOfRangeException(nameof(size), size, "A kernel has an odd edge.");
        this.victim = victim;
        kernel = new float[size];
        for (int i = 0; i < size; i++)
        {
            double at = size == 1 ? 0 : ((2.0 * i / (size - 1)) - 1) * Reach;
            kernel[i] = (float)Math.Exp(-at * at / 2);
        }

        TensorPrimitives.Divide(kernel, TensorPrimitives.Sum<float>(kernel), kernel);
    }

    /// <inheritdoc/>
    public int Classes => victim.Classes;

    /// <inheritdoc/>
    public int PictureLength => victim.PictureLength;

    /// <inheritdoc/>
    public int Width => victim.Width;

    /// <inheritdoc/>
    public int Height => victim.Height;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
    {
        Reserve(pictures.Length);
        victim.Evaluate(pictures, labels, logits, loss, rough.AsSpan(0, pictures.Length));
        Smooth(gradient);
    }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> pictures, ILogitLoss loss, Span<float> logits, Span<float> losses, Span<float> gradient)
    {
        Reserve(pictures.Length);
        victim.Evaluate(pictures, loss, logits, losses, rough.AsSpan(0, pictures.Length));
        Smooth(gradient);
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> pictures, Span<float> logits) => victim.Predict(pictures, logits);

    private void Reserve(int length)
    {
        if (rough.Length < length)
            rough = new float[length];
        if (plane.Length < Width * Height)
            plane = new float[Width * Height];
    }

    /// <summary>Rows, then columns, each plane for itself.</summary>
    private void Smooth(Span<float> gradient)
    {
        int width = Width, height = Height, half = kernel.Length / 2;
        for (int at = 0; at < gradient.Length; at += width * height)
        {
            Span<float> smooth = gradient.Slice(at, width * height);
            smooth.Clear();
            Array.Clear(plane);
            for (int tap = -half; tap <= half; tap++)
            {
                int first = Math.Max(0, -tap), length = width - Math.Abs(tap);
                for (int y = 0; y < height && length > 0; y++)
                    Add(rough.AsSpan(at + (y * width) + first + tap, length), kernel[half + tap], plane.AsSpan((y * width) + first, length));
            }

            for (int tap = -half; tap <= half; tap++)
            {
                int first = Math.Max(0, -tap), rows = height - Math.Abs(tap);
                if (rows > 0)
                    Add(plane.AsSpan((first + tap) * width, rows * width), kernel[half + tap], smooth.Slice(first * width, rows * width));
            }
        }
    }

    private static void Add(ReadOnlySpan<float> from, float weight, Span<float> to) => TensorPrimitives.MultiplyAdd(from, weight, to, to);
}
