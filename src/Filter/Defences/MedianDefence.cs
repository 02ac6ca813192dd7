namespace Realtime.Filter.Defences;

/// <summary>
/// The median of a square window around every pixel, each channel for itself (Xu et al. 2018, feature squeezing); the edge pixels go on
/// outside. Its gradient goes to the pixel that was chosen.
/// </summary>
public sealed class MedianDefence : ClassicalDefence
{
    private const int Largest = 31;

    private readonly int window;
    private readonly ulong[] keys;
    private int[] chosen = [];
    private int width;
    private int height;

    /// <summary>Creates the defence.</summary>
    /// <param name="window">Odd edge of the window in pixels, 1..31; 1 changes nothing.</param>
    public MedianDefence(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, Largest);
        if (window % 2 == 0)
            throw new ArgumentOutOfRangeException(nameof(window), window, "A window has an odd edge.");
        this.window = window;
        keys = new ulong[window * window];
    }

    /// <inheritdoc/>
    public override string Name => $"median-{window}";

    /// <inheritdoc/>
    public override string GradientKind => "exact (subgradient)";

    /// <inheritdoc/>
    protected override void Begin(int count, int width, int height)
    {
        (this.width, this.height) = (width, height);
        if (chosen.Length < count * 3 * width * height)
            chosen = new int[count * 3 * width * height];
    }

    /// <inheritdoc/>
    protected override void DefendOne(int index, ReadOnlySpan<float> picture, Random random, Span<float> defended)
    {
        Span<int> from = Chosen(index);
        for (int row = 0; row < 3 * height; row++)
        {
            int plane = row / height * width * height, y = row % height;
            for (int x = 0; x < width; x++)
            {
                int pixel = Median(picture, plane, x, y);
                from[(row * width) + x] = pixel;
                defended[(row * width) + x] = picture[pixel];
            }
        }
    }

    /// <inheritdoc/>
    protected override void BackwardOne(int index, ReadOnlySpan<float> gradient, Span<float> result)
    {
        result.Clear();
        Span<int> from = Chosen(index);
        for (int i = 0; i < from.Length; i++)
            result[from[i]] += gradient[i];
    }

    private Span<int> Chosen(int index) => chosen.AsSpan(index * 3 * width * height, 3 * width * height);

    /// <summary>Where the median of the window around (x, y) lies in the picture.</summary>
    private int Median(ReadOnlySpan<float> picture, int plane, int x, int y)
    {
        int half = window / 2, count = 0;
        for (int dy = -half; dy <= half; dy++)
        {
            int line = plane + (Math.Clamp(y + dy, 0, height - 1) * width);
            for (int dx = -half; dx <= half; dx++)
            {
                // Value and place in one number: floats of at least 0 order as their bits do, and equal ones by place.
                int place = line + Math.Clamp(x + dx, 0, width - 1);
                keys[count++] = ((ulong)BitConverter.SingleToUInt32Bits(Math.Max(picture[place], 0)) << 32) | (uint)place;
            }
        }

        keys.AsSpan().Sort();
        return (int)(uint)keys[count / 2];
    }
}
