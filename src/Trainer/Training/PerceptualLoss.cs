using Realtime.Filter.Errors;
using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>
/// IMPure's perceptual loss (equations 13 to 15): L1 distances between the features of two pictures, weighted 30 and 10 for the last two stages and 5 for
/// what enters the softmax. The paper takes VGG-19 for it; here it is the surrogate, a network of ours.
/// </summary>
/// <remarks>Distances are means over all values, as in the authors' code; equation 13 sums over the channels.</remarks>
public sealed class PerceptualLoss
{
    private const float BeforeLast = 30, Last = 10, BeforeSoftmax = 5;

    private readonly ResNetClassifier network;

    /// <summary>Takes a feature network.</summary>
    /// <param name="network">A classifier of at least two stages, in evaluation mode and without gradients for its weights.</param>
    /// <exception cref="UserErrorException">It has one stage (<see cref="ExitCode.ModelRejected"/>).</exception>
    public PerceptualLoss(ResNetClassifier network)
    {
        ArgumentNullException.ThrowIfNull(network);
        int stages = network.Architecture.Widths.Length;
        if (stages < 2)
            throw new UserErrorException(ExitCode.ModelRejected, $"the surrogate has {stages} stage, IMPure's perceptual loss compares the last two; give --surrogate a deeper classifier.");
        this.network = network;
    }

    /// <summary>The loss of pictures [N, 3, H, H] against the clean ones.</summary>
    public Tensor Of(Tensor pictures, Tensor clean)
    {
        Tensor[] wanted, found = network.Features(pictures);
        Tensor answer;
        using (no_grad())
        {
            wanted = network.Features(clean);
            answer = network.Logits(wanted[^1]);
        }

        return Distance(found[^2], wanted[^2]) * BeforeLast + Distance(found[^1], wanted[^1]) * Last + Distance(network.Logits(found[^1]), answer) * BeforeSoftmax;
    }

    private static Tensor Distance(Tensor a, Tensor b) => nn.functional.l1_loss(a.to_type(ScalarType.Float32), b.to_type(ScalarType.Float32));
}
