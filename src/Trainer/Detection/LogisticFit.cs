namespace Realtime.Trainer.Detection;

/// <summary>
/// Logistic regression by Newton's method (iteratively reweighted least squares) with step halving. Both classes weigh the same, whatever their numbers; a small
/// ridge keeps the weights finite where the classes can be separated. Deterministic.
/// </summary>
public static class LogisticFit
{
    private const double Ridge = 1e-3;      // against a mean loss of at most ln 2
    private const double Converged = 1e-12;
    private const int MostSteps = 100;

    /// <summary>Fits.</summary>
    /// <param name="negatives">Rows [F] of one class, about standardised; at least one.</param>
    /// <param name="positives">Rows of the other.</param>
    /// <returns>[F] weights and the bias of the log-odds of a positive.</returns>
    public static (double[] Weights, double Bias) Fit(IReadOnlyList<double[]> negatives, IReadOnlyList<double[]> positives)
    {
        ArgumentNullException.ThrowIfNull(negatives);
        ArgumentNullException.ThrowIfNull(positives);
        ArgumentOutOfRangeException.ThrowIfLessThan(negatives.Count, 1, nameof(negatives));
        ArgumentOutOfRangeException.ThrowIfLessThan(positives.Count, 1, nameof(positives));
        (double[] Row, double Sign, double Share)[] rows =
        [
            .. negatives.Select(row => (row, -1.0, 0.5 / negatives.Count)),
            .. positives.Select(row => (row, 1.0, 0.5 / positives.Count)),
        ];
        double[] at = new double[rows[0].Row.Length + 1];       // the bias comes last
        double loss = Loss(rows, at);
        for (int step = 0; step < MostSteps; step++)
        {
            double[] direction = Direction(rows, at), next = at;
            double size = 1, lower = double.PositiveInfinity;
            for (; size > Converged && !(lower < loss); size /= 2)
                lower = Loss(rows, next = [.. at.Zip(direction, (value, change) => value + (size * change))]);
            if (!(lower < loss))
                break;
            (double gained, at, loss) = (loss - lower, next, lower);
            if (gained < Converged)
                break;
        }

        return (at[..^1], at[^1]);
    }

    private static double Odds(double[] row, double[] at)
    {
        double odds = at[^1];
        for (int i = 0; i < row.Length; i++)
            odds += at[i] * row[i];
        return odds;
    }

    private static double Loss((double[] Row, double Sign, double Share)[] rows, double[] at)
    {
        double loss = at.SkipLast(1).Sum(weight => Ridge / 2 * weight * weight);
        foreach ((double[] row, double sign, double share) in rows)
        {
            double margin = sign * Odds(row, at);
            loss += share * (Math.Max(0, -margin) + Math.Log(1 + Math.Exp(-Math.Abs(margin))));
        }

        return loss;
    }

    /// <summary>Newton's direction: minus the gradient over the Hessian.</summary>
    private static double[] Direction((double[] Row, double Sign, double Share)[] rows, double[] at)
    {
        int n = at.Length;
        double[,] system = new double[n, n + 1];        // Hessian, and minus the gradient in the last column
        for (int i = 0; i < n - 1; i++)
            (system[i, i], system[i, n]) = (Ridge, -Ridge * at[i]);
        system[n - 1, n - 1] = Converged;               // far out, where no row has any curvature left
        foreach ((double[] row, double sign, double share) in rows)
        {
            double wrong = 1 / (1 + Math.Exp(sign * Odds(row, at))), curvature = share * wrong * (1 - wrong);
            for (int i = 0; i < n; i++)
            {
                double left = i < row.Length ? row[i] : 1;
                system[i, n] += share * sign * wrong * left;
                for (int j = 0; j < n; j++)
                    system[i, j] += curvature * left * (j < row.Length ? row[j] : 1);
            }
        }

        return Solve(system);
    }

    /// <summary>Gauss's elimination; the system is positive definite, so that no pivot is zero.</summary>
    private static double[] Solve(double[,] system)
    {
        int n = system.GetLength(0);
        for (int pivot = 0; pivot < n; pivot++)
        {
            for (int row = pivot + 1; row < n; row++)
            {
                double factor = system[row, pivot] / system[pivot, pivot];
                for (int column = pivot; column <= n; column++)
                    system[row, column] -= factor * system[pivot, column];
            }
        }

        double[] solution = new double[n];
        for (int row = n - 1; row >= 0; row--)
        {
            double rest = system[row, n];
            for (int column = row + 1; column < n; column++)
                rest -= system[row, column] * solution[column];
            solution[row] = rest / system[row, row];
        }

        return solution;
    }
}
