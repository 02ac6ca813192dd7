namespace Realtime.Viewer.Tests.Golden;

/// <summary>
/// How a picture may differ from its golden one: shares of the pixels of which any channel is off by more than 2, 16 and 64 levels.
/// </summary>
internal readonly record struct Tolerance(double Over2, double Over16, double Over64)
{
    /// <summary>
    /// On the software device that the pictures were made on the shares are 0. Elsewhere: drivers round positions differently, which moves the
    /// border between two enlarged pixels of the source by a fraction of a screen pixel (over 2 levels, and where the source has an edge over
    /// 16); letters and cards are drawn by the processor and the same everywhere, so that a changed digit (about 100 pixels of 921600) must
    /// be beyond what is allowed to be off by 64.
    /// </summary>
    public static readonly Tolerance Drivers = new(Over2: 5e-3, Over16: 1e-3, Over64: 5e-5);

    /// <summary>
    /// Curves of the graphs come from sines, which C libraries round differently: a point may lie in the next row, and an anti-aliased
    /// line is then off by more than 64 levels in a few pixels.
    /// </summary>
    public static readonly Tolerance Curves = Drivers with { Over64 = 3e-4 };

    /// <summary>Whether shares are within it.</summary>
    public bool Allows(Tolerance shares) => shares.Over2 <= Over2 && shares.Over16 <= Over16 && shares.Over64 <= Over64;

    /// <summary>The shares of two pictures of the same size, [H, W, 3].</summary>
    public static Tolerance Between(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        Assert.Equal(one.Length, other.Length);
        int over2 = 0, over16 = 0, over64 = 0;
        for (int i = 0; i < one.Length; i += 3)
        {
            int off = 0;
            for (int c = i; c < i + 3; c++)
                off = Math.Max(off, Math.Abs(one[c] - other[c]));
            over2 += off > 2 ? 1 : 0;
            over16 += off > 16 ? 1 : 0;
            over64 += off > 64 ? 1 : 0;
        }

        double pixels = one.Length / 3.0;
        return new Tolerance(over2 / pixels, over16 / pixels, over64 / pixels);
    }
}
