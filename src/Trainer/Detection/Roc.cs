using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Detection;

/// <summary>The receiver operating characteristic of scores: how many attacked pictures are flagged against how many others, over all thresholds.</summary>
public sealed class Roc
{
    private readonly double[] negatives;    // from the highest to the lowest
    private readonly double[] positives;

    /// <summary>Takes the scores of two kinds of pictures.</summary>
    /// <param name="negatives">Of those that must not be flagged, at least one.</param>
    /// <param name="positives">Of those that must, at least one.</param>
    public Roc(IEnumerable<double> negatives, IEnumerable<double> positives)
    {
        this.negatives = [.. negatives.OrderDescending()];
        this.positives = [.. positives.OrderDescending()];
        ArgumentOutOfRangeException.ThrowIfLessThan(this.negatives.Length, 1, nameof(negatives));
        ArgumentOutOfRangeException.ThrowIfLessThan(this.positives.Length, 1, nameof(positives));
    }

    /// <summary>
    /// The corners of the curve from (0, 0) to (1, 1): shares of negatives and of positives from each score on. Scores that are equal make one step, so that
    /// ties are a slope.
    /// </summary>
    public IEnumerable<(double FalsePositives, double TruePositives)> Corners
    {
        get
        {
            int n = 0, p = 0;
            yield return (0, 0);
            while (n < negatives.Length || p < positives.Length)
            {
                double score = Math.Max(n < negatives.Length ? negatives[n] : double.NegativeInfinity, p < positives.Length ? positives[p] : double.NegativeInfinity);
                while (n < negatives.Length && negatives[n] == score)
                    n++;
                while (p < positives.Length && positives[p] == score)
                    p++;
                yield return ((double)n / negatives.Length, (double)p / positives.Length);
            }
        }
    }

    /// <summary>The area under it: the probability that a positive scores higher than a negative, ties counted half (Mann and Whitney).</summary>
    public double Area
    {
        get
        {
            double area = 0;
            (double x, double y) = (0, 0);
            foreach ((double nextX, double nextY) in Corners)
            {
                area += (nextX - x) * (nextY + y) / 2;
                (x, y) = (nextX, nextY);
            }

            return area;
        }
    }

    /// <summary>The lowest threshold at which no more than a share of the negatives is flagged; a score from it on is flagged.</summary>
    /// <param name="negatives">Scores, at least one.</param>
    /// <param name="rate">0..1.</param>
    public static double Threshold(IEnumerable<double> negatives, double rate)
    {
        double[] falling = [.. negatives.OrderDescending()];
        ArgumentOutOfRangeException.ThrowIfLessThan(falling.Length, 1, nameof(negatives));
        int allowed = Allowed(falling.Length, rate);
        return allowed >= falling.Length ? falling[^1] : Math.BitIncrement(falling[allowed]);
    }

    /// <summary>How many of so many pictures a rate lets pass; below one of them it cannot be measured.</summary>
    /// <param name="count">Pictures.</param>
    /// <param name="rate">0..1.</param>
    public static int Allowed(int count, double rate) => (int)Math.Floor((count * rate) + 1e-9);

    /// <summary>The positives that are flagged where no more than a share of the negatives is; null where that share is less than one picture.</summary>
    /// <param name="rate">0..1.</param>
    public Share? TruePositives(double rate)
    {
        if (Allowed(negatives.Length, rate) < 1)
            return null;
        double threshold = Threshold(negatives, rate);
        return new Share(positives.Count(score => score >= threshold), positives.Length);
    }
}
