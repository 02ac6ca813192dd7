namespace Realtime.Filter.Classifiers;

/// <summary>
/// Bilinear resizing with half-pixel centres, and its exact adjoint for gradients. It samples and does not average, also when it makes
/// pictures smaller; equal sizes copy. Thread-safe: the tables are read only.
/// </summary>
public sealed class BilinearResize
{
    private const int Channels = 3;

    private readonly Tap[] columns;
    private readonly Tap[] rows;

    /// <summary>Computes the sampling tables.</summary>
    public BilinearResize(int sourceWidth, int sourceHeight, int targetWidth, int targetHeight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetHeight, 1);
        (SourceWidth, SourceHeight) = (sourceWidth, sourceHeight);
        columns = Taps(sourceWidth, targetWidth);
        rows = Taps(sourceHeight, targetHeight);
    }

    /// <summary>Width of what comes in.</summary>
    public int SourceWidth { get; }

    /// <summary>Height of what comes in.</summary>
    public int SourceHeight { get; }

    /// <summary>Width of what goes out.</summary>
    public int TargetWidth => columns.Length;

    /// <summary>Height of what goes out.</summary>
    public int TargetHeight => rows.Length;

    /// <summary>Whether nothing changes.</summary>
    public bool IsIdentity => SourceWidth == TargetWidth && SourceHeight == TargetHeight;

    /// <summary>Floats in one picture that comes in.</summary>
    public int SourceLength => Channels * SourceWidth * SourceHeight;

    /// <summary>Floats in one picture that goes out.</summary>
    public int TargetLength => Channels * TargetWidth * TargetHeight;

    /// <summary>Resizes a float picture.</summary>
    /// <param name="source">[3, source H, source W].</param>
    /// <param name="target">[3, target H, target W].</param>
    public void Apply(ReadOnlySpan<float> source, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, SourceLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, TargetLength);
        int at = 0;
        for (int channel = 0; channel < Channels; channel++)
        {
            ReadOnlySpan<float> plane = source.Slice(channel * SourceWidth * SourceHeight, SourceWidth * SourceHeight);
            foreach (Tap row in rows)
            {
                ReadOnlySpan<float> upper = plane.Slice(row.First * SourceWidth, SourceWidth), lower = plane.Slice(row.Second * SourceWidth, SourceWidth);
                foreach (Tap column in columns)
                {
                    float top = column.Mix(upper[column.First], upper[column.Second]);
                    target[at++] = row.Mix(top, column.Mix(lower[column.First], lower[column.Second]));
                }
            }
        }
    }

    /// <summary>Resizes an 8-bit frame into a float picture; the same values as splitting it into planes of byte / 255 first.</summary>
    /// <param name="source">[source H, source W, 3] 0..255.</param>
    /// <param name="target">[3, target H, target W] in [0, 1].</param>
    public void Apply(ReadOnlySpan<byte> source, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, SourceLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, TargetLength);
        int at = 0;
        for (int channel = 0; channel < Channels; channel++)
        {
            foreach (Tap row in rows)
            {
                int stride = SourceWidth * Channels;
                ReadOnlySpan<byte> upper = source.Slice(row.First * stride, stride), lower = source.Slice(row.Second * stride, stride);
                foreach (Tap column in columns)
                {
                    int left = (column.First * Channels) + channel, right = (column.Second * Channels) + channel;
                    float top = column.Mix(upper[left] / 255f, upper[right] / 255f);
                    target[at++] = row.Mix(top, column.Mix(lower[left] / 255f, lower[right] / 255f));
                }
            }
        }
    }

    /// <summary>Resizes an 8-bit frame into an 8-bit frame, rounding to the nearest level; equal sizes copy.</summary>
    /// <param name="source">[source H, source W, 3] 0..255.</param>
    /// <param name="target">[target H, target W, 3] 0..255.</param>
    public void Apply(ReadOnlySpan<byte> source, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, SourceLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, TargetLength);
        int at = 0, stride = SourceWidth * Channels;
        foreach (Tap row in rows)
        {
            ReadOnlySpan<byte> upper = source.Slice(row.First * stride, stride), lower = source.Slice(row.Second * stride, stride);
            foreach (Tap column in columns)
            {
                int left = column.First * Channels, right = column.Second * Channels;
                for (int channel = 0; channel < Channels; channel++, left++, right++)
                    target[at++] = (byte)(row.Mix(column.Mix(upper[left], upper[right]), column.Mix(lower[left], lower[right])) + 0.5f);
            }
        }
    }

    /// <summary>The adjoint of <see cref="Apply(ReadOnlySpan{float}, Span{float})"/>: carries a gradient from the resized picture back to the source.</summary>
    /// <param name="target">[3, target H, target W] gradient of the resized picture.</param>
    /// <param name="source">[3, source H, source W] receives the gradient of the source; overwritten.</param>
    public void ApplyAdjoint(ReadOnlySpan<float> target, Span<float> source)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, SourceLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, TargetLength);
        source.Clear();
        int at = 0;
        for (int channel = 0; channel < Channels; channel++)
        {
            Span<float> plane = source.Slice(channel * SourceWidth * SourceHeight, SourceWidth * SourceHeight);
            foreach (Tap row in rows)
            {
                Span<float> upper = plane.Slice(row.First * SourceWidth, SourceWidth), lower = plane.Slice(row.Second * SourceWidth, SourceWidth);
                foreach (Tap column in columns)
                {
                    float value = target[at++];
                    float top = value * (1 - row.Weight), bottom = value * row.Weight;
                    upper[column.First] += top * (1 - column.Weight);
                    upper[column.Second] += top * column.Weight;
                    lower[column.First] += bottom * (1 - column.Weight);
                    lower[column.Second] += bottom * column.Weight;
                }
            }
        }
    }

    private static Tap[] Taps(int source, int target)
    {
        Tap[] taps = new Tap[target];
        for (int i = 0; i < target; i++)
        {
            // The centre of target pixel i on the source's axis; outside the outermost centres the edge pixel goes on.
            double centre = Math.Clamp(((i + 0.5) * source / target) - 0.5, 0, source - 1);
            int first = (int)centre;
            taps[i] = new Tap(first, Math.Min(first + 1, source - 1), (float)(centre - first));
        }

        return taps;
    }

    /// <summary>Two neighbouring source pixels and the weight of the second.</summary>
    private readonly record struct Tap(int First, int Second, float Weight)
    {
        // In this form a weight of zero gives the first value exactly, and equal values stay what they are.
        public float Mix(float first, float second) => first + (Weight * (second - first));
    }
}
