using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

/// <summary>Attacks that look for the smallest change, where the smallest change is known.</summary>
public sealed class MinimalChangeTests
{
    private const int Length = 12;
    private const int Classes = 5;
    private const int Count = 30;

    private readonly float[][] weights;
    private readonly float[] clean;
    private readonly long[] labels;
    private readonly LinearVictim victim;

    public MinimalChangeTests()
    {
        Random random = new(21);
        weights = [.. Enumerable.Range(0, Classes).Select(_ => Enumerable.Range(0, Length).Select(_ => (2 * random.NextSingle()) - 1).ToArray())];
        victim = new LinearVictim(weights);
        clean = [.. Enumerable.Range(0, Count * Length).Select(_ => random.NextSingle())];
        labels = [.. Enumerable.Range(0, Count).Select(n => Predict(Picture(clean, n)))];
    }

    public static TheoryData<string, Norm> Attacks => new()
    {
        { "fab", Norm.Linf }, { "fab", Norm.L2 }, { "fab-t", Norm.Linf }, { "fab-t", Norm.L2 }, { "fab restarts", Norm.Linf },
        { "deepfool", Norm.Linf }, { "deepfool", Norm.L2 }, { "cw", Norm.L2 },
    };

    [Theory]
    [InlineData(Norm.Linf)]
    [InlineData(Norm.L2)]
    public void The_projection_is_exact(Norm norm)
    {
        Random random = new(2);
        for (int trial = 0; trial < 300; trial++)
        {
            float[] x = [.. Enumerable.Range(0, 6).Select(_ => random.Next(5) == 0 ? random.Next(2) : random.NextSingle())];
            float[] w = [.. Enumerable.Range(0, 6).Select(_ => random.Next(6) == 0 ? 0 : (2 * random.NextSingle()) - 1)];
            float[] d = new float[6];
            double most = Reach(x, w), need = most * 0.98 * random.NextDouble();
            double found = HyperplaneProjection.Step(x, w, need, norm, d);

            Assert.Equal(need, w.Zip(d, (a, b) => (double)a * b).Sum(), 1e-5);
            Assert.All(x.Zip(d), pair => Assert.InRange(pair.First + pair.Second, -1e-6, 1 + 1e-6));
            Assert.Equal(Smallest(x, w, need, norm), found, 1e-5);
            Assert.Equal(found, Balls.Distance(norm, d, new float[6]), 1e-6);
        }
    }

    [Fact]
    public void A_plane_out_of_reach_gives_the_nearest_corner()
    {
        float[] d = new float[3];
        HyperplaneProjection.Step([0.2f, 0.7f, 0.5f], [1, -1, 0], 5, Norm.Linf, d);

        Assert.Equal([0.8f, -0.7f, 0], d);
        Assert.Equal(0, HyperplaneProjection.Step([0.2f, 0.7f], [1, -1], 0, Norm.L2, new float[2]));
    }

    [Theory]
    [InlineData(Norm.Linf)]
    [InlineData(Norm.L2)]
    public void Deepfool_is_exact_on_an_affine_binary_classifier(Norm norm)
    {
        float[] x = [0.5f, 0.45f, 0.55f, 0.5f, 0.4f, 0.6f];
        float[][] two = [[1, -2, 0.5f, 3, 0.25f, 1], [-1, 0.5f, 0.5f, 1, 1, 0]];
        float[] w = [.. two[0].Zip(two[1], (a, b) => a - b)];
        LinearVictim affine = new(two, [-(w.Zip(x, (a, b) => a * b).Sum() - 0.3f), 0]);      // the margin of x is 0.3
        float[] adversarial = LinearAttackTests.Attack(new DeepFool(norm: norm), affine, x, [0]);

        double dual = norm == Norm.L2 ? Math.Sqrt(w.Sum(v => v * v)) : w.Sum(Math.Abs), length = (0.3 / dual) + 1e-4;
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(x[i] + (1.02 * length * -(norm == Norm.L2 ? w[i] / dual : Math.Sign(w[i]))), adversarial[i], 1e-5);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void The_change_is_near_the_smallest_there_is(string name, Norm norm)
    {
        float[] adversarial = LinearAttackTests.Attack(Create(name, norm, float.PositiveInfinity), victim, clean, labels);
        List<double> ratios = [];
        for (int n = 0; n < Count; n++)
        {
            float[] x = Picture(clean, n), found = Picture(adversarial, n);
            Assert.NotEqual(labels[n], Predict(found));
            Assert.All(found, v => Assert.InRange(v, 0, 1));
            ratios.Add(Balls.Distance(norm, x, found) / Smallest(n, norm));
        }

        // DeepFool forgets the box, so it errs where the nearest border lies behind a face of it. FAB settles where a step of 1.05 from 0.9 of
        // the way ends, 1.005 and a little more by its pull towards the clean picture. CW's constant rate circles around the nearest changes.
        Assert.All(ratios, r => Assert.InRange(r, 0.9999, name switch { "deepfool" => 2, "cw" => 1.25, _ => 1.02 }));
        Assert.InRange(ratios.Order().ElementAt(Count / 2), 1 - 1e-4, name switch { "deepfool" => 1.1, "cw" => 1.05, _ => 1.01 });
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void What_lies_beyond_the_radius_is_given_up(string name, Norm norm)
    {
        double[] smallest = [.. Enumerable.Range(0, Count).Select(n => Smallest(n, norm))];
        float radius = (float)smallest.Order().ElementAt(Count / 2);
        float[] adversarial = LinearAttackTests.Attack(Create(name, norm, radius), victim, clean, labels);

        Balls.AssertInside(norm, radius, clean, adversarial, Length);
        int[] fooled = [.. Enumerable.Range(0, Count).Where(n => Predict(Picture(adversarial, n)) != labels[n])];
        Assert.All(fooled, n => Assert.True(smallest[n] <= radius));
        Assert.All(Enumerable.Range(0, Count).Except(fooled), n => Assert.Equal(Picture(clean, n), Picture(adversarial, n)));
        Assert.True(fooled.Length >= (name == "deepfool" ? 6 : Count / 4), $"{fooled.Length}");
    }

    [Fact]
    public void Carlini_and_wagners_target_is_reached()
    {
        long[] targets = [.. labels.Select(y => (y + 2) % Classes)];
        float[] adversarial = LinearAttackTests.Attack(new CarliniWagner(steps: 300, searches: 7, firstWeight: 0.1f, targeted: true), victim, clean, targets);

        Assert.Equal(targets, Enumerable.Range(0, Count).Select(n => Predict(Picture(adversarial, n))));
    }

    [Theory]
    [InlineData(Norm.Linf)]
    [InlineData(Norm.L2)]
    public void Autoattack_standard_finds_exactly_the_pictures_that_can_be_fooled(Norm norm)
    {
        double[] smallest = [.. Enumerable.Range(0, Count).Select(n => Smallest(n, norm))];
        double[] sorted = [.. smallest.Order()];
        float radius = (float)((sorted[Count / 2] + sorted[(Count / 2) + 1]) / 2);
        AutoAttack standard = AutoAttack.Standard(radius, norm, steps: 50, queries: 100);
        float[] adversarial = LinearAttackTests.Attack(standard, victim, clean, labels);

        Balls.AssertInside(norm, radius, clean, adversarial, Length);
        for (int n = 0; n < Count; n++)
            Assert.Equal(smallest[n] < radius, Predict(Picture(adversarial, n)) != labels[n]);
        Assert.Equal(["APGD-CE-50", "APGD-T-50", "FAB-T-50", "Square-100"], standard.Members.Select(m => m.Name.Split(' ')[0]));
        Assert.Empty(standard.Warnings);
    }

    private static IAttack Create(string name, Norm norm, float epsilon) => name switch
    {
        "fab" => new Fab(epsilon, 60, norm: norm),
        "fab-t" => new Fab(epsilon, 60, targets: 9, norm: norm),
        "fab restarts" => new Fab(epsilon, 60, restarts: 3, norm: norm),
        "deepfool" => new DeepFool(epsilon, norm: norm),
        _ => new CarliniWagner(epsilon, steps: 500, searches: 9, firstWeight: 0.1f),
    };

    private static float[] Picture(float[] all, int n) => all[(n * Length)..((n + 1) * Length)];

    private static double Reach(float[] x, float[] w) => x.Zip(w, (v, a) => a > 0 ? a * (1.0 - v) : -a * (double)v).Sum();

    /// <summary>The smallest step to the plane by other means: bisection in L-infinity, every set of values at their bounds in L2.</summary>
    private static double Smallest(float[] x, float[] w, double need, Norm norm)
    {
        double[] room = [.. x.Zip(w, (v, a) => a > 0 ? 1.0 - v : v)], weight = [.. w.Select(a => Math.Abs((double)a))];
        if (norm == Norm.Linf)
        {
            double low = 0, high = 1;
            for (int i = 0; i < 100; i++)
            {
                double middle = (low + high) / 2;
                if (weight.Zip(room, (a, r) => a * Math.Min(middle, r)).Sum() < need)
                    low = middle;
                else
                    high = middle;
            }

            return high;
        }

        double best = double.PositiveInfinity;
        for (int set = 0; set < 1 << x.Length; set++)
        {
            double fixedSum = 0, fixedSquares = 0, free = 0;
            for (int i = 0; i < x.Length; i++)
            {
                bool atBound = ((set >> i) & 1) == 1;
                fixedSum += atBound ? weight[i] * room[i] : 0;
                fixedSquares += atBound ? room[i] * room[i] : 0;
                free += atBound ? 0 : weight[i] * weight[i];
            }

            double t = free == 0 ? 0 : (need - fixedSum) / free;
            if (t < 0 || Math.Abs(fixedSum + (t * free) - need) > 1e-9)
                continue;
            bool fits = Enumerable.Range(0, x.Length).All(i => ((set >> i) & 1) == 1 || t * weight[i] <= room[i] + 1e-12);
            if (fits)
                best = Math.Min(best, Math.Sqrt(fixedSquares + (t * t * free)));
        }

        return best;
    }

    private double Smallest(int n, Norm norm)
    {
        float[] x = Picture(clean, n);
        double best = double.PositiveInfinity;
        for (int k = 0; k < Classes; k++)
        {
            if (k == labels[n])
                continue;
            float[] w = [.. weights[k].Zip(weights[labels[n]], (a, b) => a - b)];
            double need = -w.Zip(x, (a, v) => (double)a * v).Sum();
            if (need <= Reach(x, w))
                best = Math.Min(best, Smallest(x, w, need, norm));
        }

        return best;
    }

    private long Predict(float[] picture)
    {
        double[] z = [.. weights.Select(row => row.Zip(picture, (a, v) => (double)a * v).Sum())];
        return Array.IndexOf(z, z.Max());
    }
}
