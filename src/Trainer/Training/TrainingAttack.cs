using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>
/// The quick attack of adversarial training, on tensors. One step is N-FGSM (de Jorge et al. 2022: noise of twice the radius, then a full step, not
/// projected, so that single steps do not overfit); several are PGD with a random start (Madry et al. 2018), projected onto the ball; none leaves the
/// random start, which is no attack.
/// </summary>
/// <param name="Epsilon">Radius of the L-infinity ball in units of the pixel range, 0..1.</param>
/// <param name="Steps">Gradient steps, at least 0.</param>
/// <param name="StepSize">Length of one of several steps; a single step has length <paramref name="Epsilon"/>.</param>
public sealed record TrainingAttack(float Epsilon, int Steps, float StepSize)
{
    /// <summary>Attacks a batch.</summary>
    /// <param name="pictures">[N, 3, S, S] in [0, 1].</param>
    /// <param name="labels">[N] true classes.</param>
    /// <param name="logitsOf">The model under training, differentiable. No gradient of its weights is left behind.</param>
    /// <param name="random">Source of the noise.</param>
    /// <returns>[N, 3, S, S] in [0, 1].</returns>
    public Tensor Perturb(Tensor pictures, Tensor labels, Func<Tensor, Tensor> logitsOf, Random random)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(logitsOf);
        ArgumentNullException.ThrowIfNull(random);
        ReadOnlySpan<float> clean = Floats(pictures);
        float reach = Steps == 1 ? 2 * Epsilon : Epsilon;
        float step = Steps == 1 ? Epsilon : StepSize;
        Tensor attacked = empty(pictures.shape);
        Span<float> start = Floats(attacked);
        for (int i = 0; i < start.Length; i++)
            start[i] = clean[i] + (2 * random.NextSingle() - 1) * reach;
        if (Steps == 0)
            return attacked.clamp_(0f, 1f);

        for (int s = 0; s < Steps; s++)
        {
            Tensor x = attacked.detach().requires_grad_();
            Tensor loss = nn.functional.cross_entropy(logitsOf(x), labels);
            ReadOnlySpan<float> gradient = Floats(autograd.grad([loss], [x])[0].contiguous());
            Span<float> now = Floats(attacked);
            for (int i = 0; i < now.Length; i++)
            {
                float next = now[i] + step * MathF.Sign(gradient[i]);
                if (Steps > 1)
                    next = Math.Clamp(next, clean[i] - Epsilon, clean[i] + Epsilon);
                now[i] = Math.Clamp(next, 0f, 1f);
            }
        }

        return attacked;
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
