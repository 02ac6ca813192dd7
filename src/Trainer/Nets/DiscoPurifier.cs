using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>
/// DISCO (Ho and Vasconcelos, NeurIPS 2022): an encoder of residual blocks without norms (EDSR-baseline, Lim et al. 2017) and a local implicit function
/// (LIIF, Chen et al. 2021) that turns each pixel's neighbourhood of features into its colour.
/// </summary>
/// <remarks>
/// The function sees the features of 3x3 pixels, where the queried colour lies relative to the nearest pixel, and the size of a pixel. A purifier asks for
/// exactly the pixels of its input: the second is always 0 and the third always the same, so both are part of the first layer's bias, and the
/// ensemble over the four nearest pixels has the pixel's own weight at 1. What is left is a perceptron on unfolded features: a 3x3 convolution, then 1x1 ones.
/// </remarks>
public sealed class DiscoPurifier : PurifierNet
{
    private readonly MixedConv2d head;
    private readonly ModuleList<EdsrBlock> blocks;
    private readonly MixedConv2d tail;
    private readonly ModuleList<MixedConv2d> hidden;
    private readonly MixedConv2d colour;

    /// <summary>Creates the purifier with random weights.</summary>
    public DiscoPurifier(DiscoArchitecture architecture, Precision precision)
        : base(nameof(DiscoPurifier), precision)
    {
        DiscoArchitecture a = architecture;
        Architecture = a;
        head = new MixedConv2d(3, a.Width, 3, precision);
        blocks = ModuleList(Enumerable.Range(0, a.Blocks).Select(_ => new EdsrBlock(a.Width, precision)).ToArray());
        tail = new MixedConv2d(a.Width, a.Width, 3, precision);
        hidden = ModuleList(Enumerable.Range(0, a.Layers).Select(i => i == 0 ? new MixedConv2d(a.Width, a.Hidden, 3, precision) : new MixedConv2d(a.Hidden, a.Hidden, 1, precision)).ToArray());
        colour = new MixedConv2d(a.Hidden, 3, 1, precision);
        if (a.Residual)
            colour.SetToZero();
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override DiscoArchitecture Architecture { get; }

    /// <summary>Purifies tiles [B, 3, S, S] in [0, 1]; the net takes no mask.</summary>
    /// <returns>[B, 3, S, S], about [0, 1], not clamped.</returns>
    public override Tensor forward(Tensor picture, TokenMask? mask)
    {
        if (mask is not null)
            throw new ArgumentException("A DISCO purifier has no tokens to mask.", nameof(mask));
        Tensor shallow = head.call((picture - 0.5f) * 2f).to_type(ScalarType.Float32);      // [B, W, S, S]
        Tensor x = shallow;
        foreach (EdsrBlock block in blocks)
            x = block.call(x);
        x = tail.call(x).to_type(ScalarType.Float32) + shallow;
        foreach (MixedConv2d layer in hidden)
            x = functional.relu(layer.call(x));
        Tensor change = colour.call(x).to_type(ScalarType.Float32);
        return Architecture.Residual ? picture + change : change * 0.5f + 0.5f;
    }
}
