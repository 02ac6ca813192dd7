using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>A pre-norm ViT block (Dosovitskiy et al. 2021): self-attention, then a two-layer perceptron four times as wide: [B, N, D] -> [B, N, D].</summary>
public sealed class TransformerBlock : Module<Tensor, Tensor>
{
    private readonly int heads;
    private readonly LayerNorm norm1;
    private readonly MixedLinear qkv;
    private readonly MixedLinear projection;
    private readonly LayerNorm norm2;
    private readonly MixedLinear expand;
    private readonly MixedLinear contract;

    /// <summary>Creates the block.</summary>
    /// <param name="width">Token width D, a multiple of <paramref name="heads"/>.</param>
    /// <param name="heads">Attention heads.</param>
    /// <param name="precision">Format of the products.</param>
    public TransformerBlock(int width, int heads, Precision precision)
        : base(nameof(TransformerBlock))
    {
        this.heads = heads;
        norm1 = new LayerNorm(width);
        qkv = new MixedLinear(width, 3 * width, precision);
        projection = new MixedLinear(width, width, precision);
        norm2 = new LayerNorm(width);
        expand = new MixedLinear(width, 4 * width, precision);
        contract = new MixedLinear(4 * width, width, precision);
        RegisterComponents();
    }

    /// <summary>The linear layers by name, in the order in which a token meets them.</summary>
    public IReadOnlyList<(string Name, MixedLinear Layer)> Linears =>
        [(nameof(qkv), qkv), (nameof(projection), projection), (nameof(expand), expand), (nameof(contract), contract)];

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor x = input + Attention(norm1.call(input));
        return x + contract.call(functional.gelu(expand.call(norm2.call(x))));
    }

    private Tensor Attention(Tensor x)
    {
        (long b, long n, long d) = (x.shape[0], x.shape[1], x.shape[2]);
        Tensor[] parts = qkv.call(x).reshape(b, n, 3, heads, d / heads).permute(2, 0, 3, 1, 4).unbind(0);      // 3 of [B, H, N, D/H]
        double scale = 1 / Math.Sqrt((double)d / heads);
        Tensor scores = (parts[0] * scale).matmul(parts[1].transpose(2, 3));                                    // [B, H, N, N]
        Tensor weights = functional.softmax(scores.to_type(ScalarType.Float32), -1).to_type(scores.dtype);
        Tensor mixed = weights.matmul(parts[2]).transpose(1, 2).reshape(b, n, d);                               // [B, N, D]
        return projection.call(mixed);
    }
}
