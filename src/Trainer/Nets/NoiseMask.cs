using static TorchSharp.torch;

namespace Realtime.Trainer.Nets;

/// <summary>
/// Hides information behind Gaussian noise (IMPure, section 5.1): x -> sqrt(a) x + sqrt(1 - a) e. The paper says "of random intensity"; the intensities here
/// are those of the authors' code, the steps t of the diffusion schedule of Ho et al. 2020.
/// </summary>
/// <param name="Keep">sqrt(a), of a shape that repeats to the input's.</param>
/// <param name="Noise">sqrt(1 - a) e, likewise.</param>
public sealed record NoiseMask(Tensor Keep, Tensor Noise)
{
    private const int Steps = 1000;

    private static readonly double[] Signals = Cumulated();

    /// <summary>sqrt(a) at a step: 1 is no noise, 0 noise alone.</summary>
    /// <param name="step">0 to 999; 400 keeps 0.44 of the input, 600 keeps 0.16.</param>
    public static double Signal(int step) => Signals[step];

    /// <summary>sqrt(1 - a) at a step: the deviation of the noise.</summary>
    public static double Deviation(int step) => Math.Sqrt(1 - Signals[step] * Signals[step]);

    /// <summary>Draws a step for each row, from <paramref name="least"/> (included) to <paramref name="most"/> (excluded), and noise from torch's generator.</summary>
    public static NoiseMask Draw(long[] shape, int least, int most, Random random)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(random);
        int[] steps = [.. Enumerable.Range(0, (int)shape[0]).Select(_ => random.Next(least, most))];
        long[] column = [shape[0], .. shape.Skip(1).Select(_ => 1L)];
        Tensor Each(Func<int, double> value) => tensor([.. steps.Select(step => (float)value(step))], column);
        return new NoiseMask(Each(Signal), randn(shape) * Each(Deviation));
    }

    /// <summary>The mask with noise that is given.</summary>
    /// <param name="unit">Noise e of variance 1.</param>
    /// <param name="step">Its intensity.</param>
    public static NoiseMask Fixed(Tensor unit, int step) => new(tensor([(float)Signal(step)], [1]), unit * (float)Deviation(step));

    /// <summary>Masks a tensor.</summary>
    public Tensor Apply(Tensor x) => x * Keep + Noise;

    private static double[] Cumulated()
    {
        double[] signals = new double[Steps];
        double product = 1;
        for (int t = 0; t < Steps; t++)
        {
            product *= 1 - (1e-4 + (0.02 - 1e-4) * t / (Steps - 1));
            signals[t] = Math.Sqrt(product);
        }

        return signals;
    }
}
