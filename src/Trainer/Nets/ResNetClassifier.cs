using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>A residual network: picture [N, 3, S, S] in [0, 1] -> logits [N, K] in float32. The normalisation is inside.</summary>
public sealed class ResNetClassifier : Module<Tensor, Tensor>
{
    private readonly ConvNorm stem;
    private readonly ModuleList<Module<Tensor, Tensor>> blocks;
    private readonly ChannelNorm? finalNorm;        // pre-activation leaves the last sum without norm and ReLU
    private readonly MixedLinear head;

    /// <summary>Creates the network with random weights.</summary>
    public ResNetClassifier(ClassifierArchitecture architecture, Precision precision)
        : base(nameof(ResNetClassifier))
    {
        Architecture = architecture;
        Precision = precision;
        long width = architecture.StemWidth > 0 ? architecture.StemWidth : architecture.Widths[0];
        stem = new ConvNorm(3, width, architecture.StemKernel, architecture.StemStride, precision);
        List<Module<Tensor, Tensor>> list = [];
        foreach (int next in architecture.Widths)
        {
            for (int i = 0; i < architecture.Blocks; i++)
            {
                long stride = i == 0 && next != architecture.Widths[0] ? 2 : 1;
                list.Add(architecture.PreActivation ? new PreActivationBlock(width, next, stride, precision) : new ResidualBlock(width, next, stride, precision));
                width = next;
            }
        }

        blocks = ModuleList(list.ToArray());
        finalNorm = architecture.PreActivation ? new ChannelNorm(width) : null;
        head = new MixedLinear(width, architecture.Classes, precision);
        RegisterComponents();
    }

    /// <summary>The shape of the network.</summary>
    public ClassifierArchitecture Architecture { get; }

    /// <summary>The format of its products.</summary>
    public Precision Precision { get; }

    /// <summary>The first unit.</summary>
    public ConvNorm Stem => stem;

    /// <summary>The blocks in order: <see cref="ResidualBlock"/> or <see cref="PreActivationBlock"/>.</summary>
    public IReadOnlyList<Module<Tensor, Tensor>> Blocks => [.. blocks];

    /// <summary>The norm behind the last block of a pre-activation net; null elsewhere.</summary>
    public ChannelNorm? FinalNorm => finalNorm;

    /// <inheritdoc/>
    public override Tensor forward(Tensor picture) => Logits(Features(picture)[^1]);

    /// <summary>The maps at the end of each stage, [N, C, H, W] each: what a perceptual loss compares.</summary>
    public Tensor[] Features(Tensor picture)
    {
        Tensor x = stem.call((picture - 0.5f) * 4f);        // about unit variance on natural pictures
        if (!Architecture.PreActivation)
            x = functional.relu(x);
        Tensor[] ends = new Tensor[Architecture.Widths.Length];
        for (int i = 0; i < blocks.Count; i++)
        {
            x = blocks[i].call(x);
            ends[i / Architecture.Blocks] = x;
        }

        if (finalNorm is not null)
            ends[^1] = functional.relu(finalNorm.call(x));
        return ends;
    }

    /// <summary>The logits [N, K] that belong to the last of <see cref="Features"/>.</summary>
    public Tensor Logits(Tensor x)
    {
        Tensor pooled = x.to_type(ScalarType.Float32).mean([2, 3]);         // [N, C]
        return head.call(pooled).to_type(ScalarType.Float32);
    }
}
