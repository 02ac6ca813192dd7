namespace Realtime.Filter.Attacks;

/// <summary>
/// The step sizes of APGD, one a picture (Croce and Hein 2020, section 3.1): at checkpoints a picture's step is halved and its search goes
/// back to its best point where the loss rose too seldom (condition 1), or where neither the step nor the best loss has changed since the
/// checkpoint before (condition 2).
/// </summary>
internal sealed class ApgdSteps
{
    private readonly int steps;
    private readonly float rho;
    private float[] sizes = [];
    private float[] best = [];
    private float[] bestAtCheckpoint = [];
    private float[] last = [];
    private int[] rises = [];
    private bool[] reducedAtCheckpoint = [];
    private bool[] improved = [];
    private bool[] halved = [];
    private int count;
    private int window;
    private int seen;

    /// <summary>Prepares for runs of <paramref name="steps"/> steps.</summary>
    /// <param name="steps">N, at least 1.</param>
    /// <param name="rho">The share of a window's steps that must raise the loss; the paper's 0.75.</param>
    public ApgdSteps(int steps, float rho)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        this.steps = steps;
        this.rho = rho;
    }

    /// <summary>[count] the length of each picture's next step.</summary>
    public ReadOnlySpan<float> Sizes => sizes.AsSpan(0, count);

    /// <summary>[count] whether the last observed loss is a picture's highest.</summary>
    public ReadOnlySpan<bool> Improved => improved.AsSpan(0, count);

    /// <summary>[count] whether the last observation halved a picture's step, so that its search goes back to its best point.</summary>
    public ReadOnlySpan<bool> Halved => halved.AsSpan(0, count);

    /// <summary>
    /// The numbers of steps after which step sizes are reconsidered: gaps of 0.22 N, each 0.03 N shorter than the one before, down to
    /// 0.06 N; 22, 41, 57, 70, 80, 87, 93, 99 of 100. Rounded down as the authors' code does; the paper's p_j = p_(j-1) + max(p_(j-1) -
    /// p_(j-2) - 0.03, 0.06) with p_1 = 0.22 rounds up and agrees wherever nothing is to be rounded.
    /// </summary>
    public static IEnumerable<int> Checkpoints(int steps)
    {
        int gap = FirstGap(steps);
        for (int at = gap; at <= steps; at += gap)
        {
            yield return at;
            gap = NextGap(gap, steps);
        }
    }

    /// <summary>Starts a run.</summary>
    /// <param name="losses">[count] at the starting points.</param>
    /// <param name="size">Length of every picture's first step, 2 epsilon.</param>
    public void Begin(ReadOnlySpan<float> losses, float size)
    {
        count = losses.Length;
        if (sizes.Length < count)
        {
            sizes = new float[count];
            best = new float[count];
            bestAtCheckpoint = new float[count];
            last = new float[count];
            rises = new int[count];
            reducedAtCheckpoint = new bool[count];
            improved = new bool[count];
            halved = new bool[count];
        }

        sizes.AsSpan().Fill(size);
        losses.CopyTo(best);
        losses.CopyTo(bestAtCheckpoint);
        last.AsSpan().Clear();                      // the first loss is compared with 0, as in the authors' code
        rises.AsSpan().Clear();
        reducedAtCheckpoint.AsSpan().Fill(true);    // condition 2 waits for the second checkpoint
        window = FirstGap(steps);
        seen = 0;
    }

    /// <summary>Takes the losses after a step; <see cref="Improved"/>, <see cref="Halved"/> and <see cref="Sizes"/> then hold.</summary>
    /// <param name="losses">[count].</param>
    public void Observe(ReadOnlySpan<float> losses)
    {
        bool atCheckpoint = ++seen == window;
        for (int n = 0; n < count; n++)
        {
            rises[n] += losses[n] > last[n] ? 1 : 0;
            last[n] = losses[n];
            improved[n] = losses[n] > best[n];
            if (improved[n])
                best[n] = losses[n];
            halved[n] = atCheckpoint && (rises[n] <= rho * window || (!reducedAtCheckpoint[n] && bestAtCheckpoint[n] >= best[n]));
            if (halved[n])
                sizes[n] /= 2;
            if (!atCheckpoint)
                continue;
            reducedAtCheckpoint[n] = halved[n];
            bestAtCheckpoint[n] = best[n];
            rises[n] = 0;
        }

        if (atCheckpoint)
        {
            window = NextGap(window, steps);
            seen = 0;
        }
    }

    /// <summary>Forgets pictures; the others keep their order, step sizes and counts.</summary>
    /// <param name="gone">[count] which ones.</param>
    public void Drop(ReadOnlySpan<bool> gone)
    {
        int kept = 0;
        for (int n = 0; n < count; n++)
        {
            if (gone[n])
                continue;
            sizes[kept] = sizes[n];
            best[kept] = best[n];
            bestAtCheckpoint[kept] = bestAtCheckpoint[n];
            last[kept] = last[n];
            rises[kept] = rises[n];
            reducedAtCheckpoint[kept] = reducedAtCheckpoint[n];
            improved[kept] = improved[n];
            halved[kept] = halved[n];
            kept++;
        }

        count = kept;
    }

    private static int FirstGap(int steps) => Math.Max(22 * steps / 100, 1);

    private static int NextGap(int gap, int steps) => Math.Max(gap - Math.Max(3 * steps / 100, 1), Math.Max(6 * steps / 100, 1));
}
