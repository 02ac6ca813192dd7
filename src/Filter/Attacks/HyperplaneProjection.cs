namespace Realtime.Filter.Attacks;

/// <summary>
/// The smallest step from a point of the pixel box to a hyperplane within the box, exactly (Croce and Hein 2020, FAB, section 2.2):
/// minimise |d| subject to w . d = need and x + d in [0, 1]. Along the optimum each value moves at a rate of its own until it meets its
/// bound, so w . d is a concave, piecewise linear function of the length t; Newton's method from t = 0 meets its root in finitely many steps
/// and needs no sorting.
/// </summary>
public static class HyperplaneProjection
{
    /// <summary>Computes d.</summary>
    /// <param name="x">The point, in [0, 1].</param>
    /// <param name="w">The plane's normal, as long as <paramref name="x"/>.</param>
    /// <param name="need">w . d that is wanted.</param>
    /// <param name="norm">L-infinity or L2.</param>
    /// <param name="d">Receives the step; where the box does not meet the plane, the step to the corner nearest to it.</param>
    /// <returns>The step's norm.</returns>
    public static double Step(ReadOnlySpan<float> x, ReadOnlySpan<float> w, double need, Norm norm, Span<float> d)
    {
        double side = Math.Sign(need), t = Length(x, w, Math.Abs(need), side, norm), size = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double towards = Math.Sign(w[i]) * side;
            double reach = Math.Min(norm == Norm.L2 ? t * Math.Abs(w[i]) : t, Room(x[i], towards));
            d[i] = towards == 0 ? 0 : (float)(towards * reach);
            size = norm == Norm.L2 ? size + ((double)d[i] * d[i]) : Math.Max(size, Math.Abs(d[i]));
        }

        return norm == Norm.L2 ? Math.Sqrt(size) : size;
    }

    private static double Length(ReadOnlySpan<float> x, ReadOnlySpan<float> w, double need, double side, Norm norm)
    {
        double t = 0;
        int stopped = -1;
        while (true)
        {
            double rate = 0, done = 0;
            int stoppedNow = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double weight = Math.Abs(w[i]), room = Room(x[i], Math.Sign(w[i]) * side), speed = norm == Norm.L2 ? weight : 1;
                if (room <= t * speed)
                {
                    done += weight * room;
                    stoppedNow++;
                }
                else
                {
                    rate += weight * speed;
                }
            }

            // The same values are at their bounds as before: t was exact. No value can move: the plane is out of reach.
            if (stoppedNow == stopped)
                return t;
            if (rate == 0)
                return need > done ? double.PositiveInfinity : t;
            stopped = stoppedNow;
            t = Math.Max(t, (need - done) / rate);
        }
    }

    private static double Room(float x, double towards) => towards > 0 ? 1.0 - x : towards < 0 ? x : 0;
}
