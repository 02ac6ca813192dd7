using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>A residual network: picture [N, 3, S, S] in [0, 1] -> logits [N, K] in float32. The normalisation is inside.</summary>
public sealed class ResNetClassifier : Module<Tensor, Tensor>
{
    private readonly ConvNorm stem;
    private readonly ModuleList<ResidualBlock> blocks;
    private readonly MixedLinear head;

    /// <summary>Creates the network with random weights.</summary>
    public ResNetClassifier(ClassifierArchitecture architecture, Precision precision)
        : base(nameof(ResNetClassifier))
    {
        Architecture = architecture;
        Precision = precision;
        stem = new ConvNorm(3, architecture.Widths[0], 3, architecture.StemStride, precision);
        List<ResidualBlock> list = [];
        long width = architecture.Widths[0];
        foreach (int next in architecture.Widths)
        {
            for (int i = 0; i < architecture.Blocks; i++)
            {
                long stride = i == 0 && next != architecture.Widths[0] ? 2 : 1;
                list.Add(new ResidualBlock(width, next, stride, precision));
                width = next;
            }
        }

        blocks = ModuleList(list.ToArray());
        head = new MixedLinear(width, architecture.Classes, precision);
        RegisterComponents();
    }

    /// <summary>The shape of the network.</summary>
    public ClassifierArchitecture Architecture { get; }

    /// <summary>The format of its products.</summary>
    public Precision Precision { get; }

    /// <summary>The first unit.</summary>
    public ConvNorm Stem => stem;

    /// <summary>The residual blocks in order.</summary>
    public IReadOnlyList<ResidualBlock> Blocks => [.. blocks];

    /// <inheritdoc/>
    public override Tensor forward(Tensor picture) => Logits(Features(picture)[^1]);

    /// <summary>The maps at the end of each stage, [N, C, H, W] each: what a perceptual loss compares.</summary>
    public Tensor[] Features(Tensor picture)
    {
        Tensor x = functional.relu(stem.call((picture - 0.5f) * 4f));       // about unit variance on natural pictures
        Tensor[] ends = new Tensor[Architecture.Widths.Length];
        for (int i = 0; i < blocks.Count; i++)
        {
            x = blocks[i].call(x);
            ends[i / Architecture.Blocks] = x;
        }

        return ends;
    }

    /// <summary>The logits [N, K] that belong to the last of <see cref="Features"/>.</summary>
    public Tensor Logits(Tensor x)
    {
        Tensor pooled = x.to_type(ScalarType.Float32).mean([2, 3]);         // [N, C]
        return head.call(pooled).to_type(ScalarType.Float32);
    }
}
