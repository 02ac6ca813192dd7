using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// One perturbation for all pictures (the aim of Moosavi-Dezfooli et al. 2017), learned by stochastic gradient steps over batches as in
/// Shafahi et al. 2020, "Universal Adversarial Training", algorithm 2: delta = project(delta + step * sign(sum of the gradients of min(loss, cap))),
/// onto |delta| at most epsilon in every value. The cap keeps pictures that are fooled already from leading. As an attack it adds what it
/// has learned and asks the victim nothing. Owns its scratch memory; used from one thread.
/// </summary>
public sealed class UniversalPerturbation : IAttack
{
    private readonly float stepSize;
    private readonly float lossCap;
    private readonly float[] delta;
    private readonly float[] sum;
    private readonly VictimScratch scratch = new();
    private float[] perturbed = [];

    /// <summary>Begins with no perturbation at all.</summary>
    /// <param name="epsilon">Radius of the ball in L-infinity, above 0 and at most 1.</param>
    /// <param name="pictureLength">Values of a picture, 3 * H * W.</param>
    /// <param name="stepSize">Length of a step in units of the pixel range, above 0; epsilon / 4 when not given.</param>
    /// <param name="lossCap">The cross-entropy, in nats, above which a picture no longer counts; above 0. The paper's 9 by default.</param>
    public UniversalPerturbation(float epsilon, int pictureLength, float? stepSize = null, float lossCap = 9)
    {
        if (!(epsilon is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "The radius is in units of the pixel range, above 0 and at most 1.");
        if (stepSize is not null && !(stepSize > 0))
            throw new ArgumentOutOfRangeException(nameof(stepSize), stepSize, "A step has a length above 0.");
        if (!(lossCap > 0))
            throw new ArgumentOutOfRangeException(nameof(lossCap), lossCap, "The cap of the loss is above 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(pictureLength, 1);
        Epsilon = epsilon;
        this.stepSize = stepSize ?? epsilon / 4;
        this.lossCap = lossCap;
        delta = new float[pictureLength];
        sum = new float[pictureLength];
    }

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"universal {Epsilon * 255:0.##}/255");

    /// <inheritdoc/>
    public float Epsilon { get; }

    /// <summary>[3, H, W] what has been learned so far, within -epsilon..epsilon.</summary>
    public ReadOnlySpan<float> Values => delta;

    /// <summary>Makes one step on a batch.</summary>
    /// <param name="victim">The model under attack.</param>
    /// <param name="pictures">[count, 3, H, W] RGB in [0, 1]; a value outside throws <see cref="ArgumentException"/>.</param>
    /// <param name="labels">[count] the true classes.</param>
    /// <returns>Mean cross-entropy of the batch before the step, in nats.</returns>
    /// <exception cref="InvalidOperationException">The victim answered with NaN or infinity.</exception>
    public float Learn(IGradient victim, ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labels.Length, 1);
        if (perturbed.Length < pictures.Length)
            perturbed = new float[pictures.Length];
        Span<float> moved = perturbed.AsSpan(0, pictures.Length);
        scratch.Begin(victim, pictures, labels, moved);
        Add(pictures, moved);
        scratch.Ask(victim, moved, labels);

        sum.AsSpan().Clear();
        for (int i = 0; i < labels.Length; i++)
        {
            if (scratch.Loss[i] < lossCap)
                TensorPrimitives.Add(sum, scratch.Gradient.Slice(i * delta.Length, delta.Length), sum);
        }

        SignStep.Climb(delta, sum, stepSize);
        TensorPrimitives.Max(delta, -Epsilon, delta);
        TensorPrimitives.Min(delta, Epsilon, delta);
        return TensorPrimitives.Sum(scratch.Loss) / labels.Length;
    }

    /// <inheritdoc/>
    /// <remarks>Adds <see cref="Values"/>, the same to every picture, and clips to [0, 1].</remarks>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        scratch.Begin(victim, clean, labels, adversarial);
        Add(clean, adversarial);
    }

    private void Add(ReadOnlySpan<float> clean, Span<float> result)
    {
        PixelRange.ThrowIfOutside(clean);
        for (int at = 0; at < clean.Length; at += delta.Length)
            TensorPrimitives.Add(clean.Slice(at, delta.Length), delta, result[at..]);
        TensorPrimitives.Max(result[..clean.Length], 0f, result);
        TensorPrimitives.Min(result[..clean.Length], 1f, result);
    }
}
