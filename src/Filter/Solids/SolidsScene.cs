namespace Realtime.Filter.Solids;

/// <summary>
/// The moving scene: one solid a second, turning and drifting under a wandering light. Every ten seconds show all ten classes, in
/// another order each time. Endless and deterministic from its seed; may be used from several threads.
/// </summary>
public sealed class SolidsScene
{
    private readonly ulong seed;
    private readonly int framesPerSecond;

    /// <summary>Sets up the scene.</summary>
    /// <param name="seed">Names the scene.</param>
    /// <param name="framesPerSecond">Frames in each one-second shot, at least 1.</param>
    public SolidsScene(ulong seed, int framesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(framesPerSecond, 1);
        this.seed = seed;
        this.framesPerSecond = framesPerSecond;
    }

    /// <summary>Draws frame <paramref name="frame"/>, from 0.</summary>
    /// <param name="frame">Which frame; frame f is shown at f / framesPerSecond seconds.</param>
    /// <param name="width">Pixels a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="rgb">[height, width, 3] receives the picture, 0..255; its length must be exactly that.</param>
    /// <returns>The label of the solid shown, an index into <see cref="SolidsPictures.Labels"/>.</returns>
    public int Render(long frame, int width, int height, Span<byte> rgb)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, width * height * 3, nameof(rgb));

        long shot = frame / framesPerSecond;
        int label = LabelOf(shot);
        SplitMix64 random = SplitMix64.At(seed, shot);
        SolidView view = new SolidShot((Solid)label, random).At((float)(frame % framesPerSecond) / framesPerSecond);
        SolidRenderer.Render(view, width, height, rgb);
        return label;
    }

    private int LabelOf(long shot)
    {
        // Each run of ten shots is a shuffle of the ten classes, drawn from its own stream (negative indices are not used by shots).
        int count = SolidsPictures.Labels.Count;
        SplitMix64 random = SplitMix64.At(seed, -1 - shot / count);
        Span<int> order = stackalloc int[count];
        for (int i = 0; i < count; i++)
        {
            int j = random.Below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order[(int)(shot % count)];
    }
}
