using System.Globalization;

namespace Realtime.Filter.Defences;

/// <summary>Gaussian blur, each channel for itself; the kernel ends at four deviations and the edge pixels go on outside.</summary>
public sealed class BlurDefence : ClassicalDefence
{
    private const double Reach = 4;
    private const double Widest = 16;

    private readonly double deviation;
    private readonly float[] kernel;
    private float[] between = [];
    private int width;
    private int height;

    /// <summary>Creates the defence.</summary>
    /// <param name="deviation">Standard deviation in pixels, above 0 and at most 16.</param>
    public BlurDefence(double deviation)
    {
        if (!(deviation is > 0 and <= Widest))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "The deviation lies above 0 and at most at 16 pixels.");
        this.deviation = deviation;
        int half = (int)Math.Ceiling(Reach * deviation);
        double[] weights = [.. Enumerable.Range(-half, (2 * half) + 1).Select(at => Math.Exp(-at * at / (2 * deviation * deviation)))];
        double sum = weights.Sum();
        kernel = [.. weights.Select(weight => (float)(weight / sum))];
    }

    /// <inheritdoc/>
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"blur-{deviation}");

    /// <inheritdoc/>
    public override string GradientKind => "exact";

    /// <inheritdoc/>
    protected override void Begin(int count, int width, int height)
    {
        (this.width, this.height) = (width, height);
        if (between.Length < 3 * width * height)
            between = new float[3 * width * height];
    }

    /// <inheritdoc/>
    protected override void DefendOne(int index, ReadOnlySpan<float> picture, Random random, Span<float> defended)
    {
        Span<float> rows = between.AsSpan(0, picture.Length);
        Blur(picture, rows, across: true, adjoint: false);
        Blur(rows, defended, across: false, adjoint: false);
        // The weights add up to one but for rounding.
        foreach (ref float value in defended)
            value = Math.Clamp(value, 0, 1);
    }

    /// <inheritdoc/>
    protected override void BackwardOne(int index, ReadOnlySpan<float> gradient, Span<float> result)
    {
        Span<float> columns = between.AsSpan(0, gradient.Length);
        Blur(gradient, columns, across: false, adjoint: true);
        Blur(columns, result, across: true, adjoint: true);
    }

    /// <summary>One direction; the adjoint scatters where the blur gathers.</summary>
    private void Blur(ReadOnlySpan<float> from, Span<float> to, bool across, bool adjoint)
    {
        int half = kernel.Length / 2, length = across ? width : height, stride = across ? 1 : width;
        to.Clear();
        for (int i = 0; i < from.Length; i++)
        {
            int place = i / stride % length;
            for (int tap = 0; tap < kernel.Length; tap++)
            {
                int neighbour = i + ((Math.Clamp(place + tap - half, 0, length - 1) - place) * stride);
                if (adjoint)
                    to[neighbour] += kernel[tap] * from[i];
                else
                    to[i] += kernel[tap] * from[neighbour];
            }
        }
    }
}
