using System.Globalization;
using Realtime.Filter.Attacks;

namespace Realtime.Filter.Defences;

/// <summary>
/// What AToP does to a picture before its purifier sees it (Lin et al., arXiv 2401.16352, section 3.1): Gaussian noise, then blocks of an 8x8 grid
/// that are missing. As in the authors' code, noisy pixels are limited to [0, 1], and a missing one is grey, the zero of pixels in [-1, 1]. One
/// implementation for the defence and for training; it keeps nothing between two calls.
/// </summary>
public sealed class RandomTransform
{
    /// <summary>The least and the greatest share of missing blocks; on 8x8 blocks both leave a block of either kind.</summary>
    public const double LeastMissing = 0.01, MostMissing = 0.99;

    /// <summary>The largest standard deviation of the noise, 8-bit levels.</summary>
    public const double MostNoise = 255;

    private const int Channels = 3;
    private const int BlocksOfEdge = 8;             // p = P / 8 (section 4.1)
    private const double AtopDeviation = 0.25;      // of the pixel range (section 4.1)
    private const double AtopMissing = 0.25;
    private const float Grey = 0.5f;

    private RandomTransform(string name, double noise, double missing, int copies = 1) => (Name, Noise, Missing, Copies) = (name, noise, missing, copies);

    /// <summary>RT1 (Eq. 2): a quarter of the blocks is missing.</summary>
    public static RandomTransform Rt1 { get; } = new("rt1", 0, AtopMissing);

    /// <summary>RT2 (Eq. 3): noise of a quarter of the pixel range, then RT1.</summary>
    public static RandomTransform Rt2 { get; } = new("rt2", AtopDeviation * MostNoise, AtopMissing);

    /// <summary>RT3 (Eq. 4): four copies of the noisy picture, in each of which another quarter of the blocks is missing; what the purifier paints there makes the result.</summary>
    public static RandomTransform Rt3 { get; } = new("rt3", AtopDeviation * MostNoise, AtopMissing, copies: (int)(1 / AtopMissing));

    /// <summary>Name on the command line; of a chain where it is noise and blocks.</summary>
    public string Name { get; }

    /// <summary>Standard deviation of the noise in 8-bit levels; 0 is none.</summary>
    public double Noise { get; }

    /// <summary>Share r of the blocks that are missing, rounded to whole blocks; 0 is none.</summary>
    public double Missing { get; }

    /// <summary>Pictures that the purifier sees for each one, N. Above 1, every block is missing in exactly one of them.</summary>
    public int Copies { get; }

    /// <summary>Noise and missing blocks of any strength, on one copy.</summary>
    /// <param name="noise">Standard deviation, 0..255 levels.</param>
    /// <param name="missing">Share of the blocks, 0 or 0.01..0.99.</param>
    public static RandomTransform Of(double noise, double missing)
    {
        if (!(noise is >= 0 and <= MostNoise))
            throw new ArgumentOutOfRangeException(nameof(noise), noise, "Noise has 0 to 255 levels.");
        if (missing != 0 && !(missing is >= LeastMissing and <= MostMissing))
            throw new ArgumentOutOfRangeException(nameof(missing), missing, "The missing share is 0 or from 0.01 to 0.99.");
        if (noise == 0 && missing == 0)
            throw new ArgumentException("Without noise and without missing blocks nothing is transformed.", nameof(noise));
        List<string> names = [];
        if (noise > 0)
            names.Add(string.Create(CultureInfo.InvariantCulture, $"noise-{noise}"));
        if (missing > 0)
            names.Add(string.Create(CultureInfo.InvariantCulture, $"mask-{missing}"));
        return new RandomTransform(string.Join(DefenceChain.Separator, names), noise, missing);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Draws a transform and applies it to one picture.</summary>
    /// <param name="picture">[3, H, W] in [0, 1].</param>
    /// <param name="width">W, pixels.</param>
    /// <param name="height">H, pixels.</param>
    /// <param name="random">Source of chance: of the noise first, then of the blocks.</param>
    /// <param name="seen">[N, 3, H, W] receives what the purifier sees, in [0, 1].</param>
    /// <param name="slopes">[N, 3, H, W] receives d(seen)/d(picture), value by value: 1, or 0 where a pixel saturates or is missing.</param>
    /// <param name="missing">[N, 3, H, W] receives 1 - m: 1 where a pixel is missing, else 0.</param>
    public void Apply(ReadOnlySpan<float> picture, int width, int height, Random random, Span<float> seen, Span<float> slopes, Span<float> missing)
    {
        ArgumentNullException.ThrowIfNull(random);
        int length = Channels * width * height;
        ArgumentOutOfRangeException.ThrowIfNotEqual(picture.Length, length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(seen.Length, Copies * length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(slopes.Length, Copies * length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(missing.Length, Copies * length);
        AddNoise(picture, random, seen[..length], slopes[..length]);
        for (int copy = 1; copy < Copies; copy++)
        {
            seen[..length].CopyTo(seen[(copy * length)..]);
            slopes[..length].CopyTo(slopes[(copy * length)..]);
        }

        missing.Clear();
        if (Missing > 0)
            Remove(width, height, random, seen, slopes, missing);
    }

    private void AddNoise(ReadOnlySpan<float> picture, Random random, Span<float> seen, Span<float> slopes)
    {
        if (Noise == 0)
        {
            picture.CopyTo(seen);
            slopes.Fill(1);
            return;
        }

        float deviation = (float)(Noise / MostNoise);
        Gaussian.Fill(seen, random);
        for (int i = 0; i < seen.Length; i++)
        {
            float noisy = picture[i] + (deviation * seen[i]);
            seen[i] = Math.Clamp(noisy, 0, 1);
            slopes[i] = noisy is >= 0 and <= 1 ? 1 : 0;
        }
    }

    /// <summary>Deals the blocks out in random order, each copy the next r of them, so that no two copies miss the same one.</summary>
    private void Remove(int width, int height, Random random, Span<float> seen, Span<float> slopes, Span<float> missing)
    {
        int edge = Math.Max(1, Math.Min(width, height) / BlocksOfEdge), columns = (width + edge - 1) / edge, rows = (height + edge - 1) / edge;
        int[] order = [.. Enumerable.Range(0, columns * rows)];
        random.Shuffle(order);
        for (int copy = 0; copy < Copies; copy++)
        {
            int begin = (int)Math.Round(copy * Missing * order.Length), end = (int)Math.Round((copy + 1) * Missing * order.Length);
            foreach (int block in order.AsSpan(begin..end))
            {
                int left = block % columns * edge, top = block / columns * edge, across = Math.Min(edge, width - left);
                for (int line = 0; line < Channels * Math.Min(edge, height - top); line++)
                {
                    int y = (line % Channels * height) + top + (line / Channels), at = (((copy * Channels * height) + y) * width) + left;
                    seen.Slice(at, across).Fill(Grey);
                    slopes.Slice(at, across).Clear();
                    missing.Slice(at, across).Fill(1);
                }
            }
        }
    }
}
