namespace Realtime.Filter.Attacks;

/// <summary>
/// Where the search of <see cref="ApgdRun"/> stands for each picture that has not left yet, packed side by side. Buffers grow to the largest
/// batch and are reused.
/// </summary>
internal sealed class ApgdBatch
{
    private int[] places = [];
    private long[] labels = [];
    private bool[] now = [];
    private bool[] gone = [];
    private int each;
    private float[] clean = [];
    private float[] point = [];
    private float[] previous = [];
    private float[] ahead = [];
    private float[] slope = [];
    private float[] best = [];
    private float[] bestSlope = [];

    /// <summary>Pictures that have not left.</summary>
    public int Count { get; private set; }

    /// <summary>[Count, 3, H, W] their clean pictures.</summary>
    public ReadOnlySpan<float> Clean => Used(clean);

    /// <summary>[Count] their labels.</summary>
    public ReadOnlySpan<long> Labels => labels.AsSpan(0, Count);

    /// <summary>[Count, 3, H, W] the iterates.</summary>
    public Span<float> Point => Used(point);

    /// <summary>[Count, 3, H, W] the iterates before.</summary>
    public Span<float> Previous => Used(previous);

    /// <summary>[Count, 3, H, W] room for the next iterates.</summary>
    public Span<float> Ahead => Used(ahead);

    /// <summary>[Count, 3, H, W] gradients at the iterates.</summary>
    public Span<float> Slope => Used(slope);

    /// <summary>[Count, 3, H, W] the iterates with the highest loss.</summary>
    public Span<float> Best => Used(best);

    /// <summary>[Count, 3, H, W] their gradients.</summary>
    public Span<float> BestSlope => Used(bestSlope);

    /// <summary>Starts with all pictures.</summary>
    public void Begin(ReadOnlySpan<float> pictures, ReadOnlySpan<long> ofPictures)
    {
        Count = ofPictures.Length;
        each = pictures.Length / Math.Max(1, Count);
        if (places.Length < Count)
        {
            places = new int[Count];
            labels = new long[Count];
            now = new bool[Count];
            gone = new bool[Count];
        }

        if (point.Length < pictures.Length)
        {
            clean = new float[pictures.Length];
            point = new float[pictures.Length];
            previous = new float[pictures.Length];
            ahead = new float[pictures.Length];
            slope = new float[pictures.Length];
            best = new float[pictures.Length];
            bestSlope = new float[pictures.Length];
        }

        pictures.CopyTo(clean);
        ofPictures.CopyTo(labels);
        for (int n = 0; n < Count; n++)
            places[n] = n;
    }

    /// <summary>The next iterates become the iterates.</summary>
    public void Advance() => (previous, point, ahead) = (point, ahead, previous);

    /// <summary>Keeps the best iterates, and sends those whose step was halved back to theirs.</summary>
    public void KeepBest(ApgdSteps rule)
    {
        for (int n = 0; n < Count; n++)
        {
            if (rule.Improved[n])
            {
                Of(point, n).CopyTo(Of(best, n));
                Of(slope, n).CopyTo(Of(bestSlope, n));
            }

            // The point before stays what it was, so that the next move has the momentum of the way back.
            if (rule.Halved[n])
            {
                Of(best, n).CopyTo(Of(point, n));
                Of(bestSlope, n).CopyTo(Of(slope, n));
            }
        }
    }

    /// <summary>Writes the iterates that reach the goal to their places.</summary>
    public void KeepReached(VictimScratch scratch, AttackGoal goal, Span<float> adversarial, Span<bool> reached)
    {
        for (int n = 0; n < Count; n++)
        {
            now[n] = goal.IsReached(scratch.Predicted(n), labels[n]);
            if (!now[n])
                continue;
            reached[places[n]] = true;
            Of(point, n).CopyTo(adversarial[(places[n] * each)..]);
        }
    }

    /// <summary>Writes the best iterates of the pictures that never reached the goal to their places.</summary>
    public void ReturnBest(Span<float> adversarial, ReadOnlySpan<bool> reached)
    {
        for (int n = 0; n < Count; n++)
        {
            if (!reached[places[n]])
                Of(best, n).CopyTo(adversarial[(places[n] * each)..]);
        }
    }

    /// <summary>[Count] which pictures reached the goal at the last look and may leave.</summary>
    public ReadOnlySpan<bool> Leaving(LeaveTest leaves)
    {
        int[] asked = [.. Enumerable.Range(0, Count).Where(n => now[n])];
        Array.Clear(gone);
        if (asked.Length == 0)
            return gone.AsSpan(0, Count);
        float[] points = new float[asked.Length * each];
        bool[] answers = new bool[asked.Length];
        for (int i = 0; i < asked.Length; i++)
            Of(point, asked[i]).CopyTo(points.AsSpan(i * each));
        leaves(points, [.. asked.Select(n => places[n])], answers);
        for (int i = 0; i < asked.Length; i++)
            gone[asked[i]] = answers[i];
        return gone.AsSpan(0, Count);
    }

    /// <summary>Forgets pictures; the others keep their order.</summary>
    public void Drop(ReadOnlySpan<bool> gone)
    {
        int kept = 0;
        for (int n = 0; n < Count; n++)
        {
            if (gone[n])
                continue;
            places[kept] = places[n];
            labels[kept] = labels[n];
            foreach (float[] values in new[] { clean, point, previous, slope, best, bestSlope })
                Of(values, n).CopyTo(Of(values, kept));
            kept++;
        }

        Count = kept;
    }

    private Span<float> Used(float[] values) => values.AsSpan(0, Count * each);

    private Span<float> Of(float[] values, int picture) => values.AsSpan(picture * each, each);
}
