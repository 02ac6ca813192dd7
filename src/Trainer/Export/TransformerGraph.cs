using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Export;

/// <summary>Writes <see cref="TransformerBlock"/> and its parts into a graph.</summary>
/// <param name="g">The graph.</param>
/// <param name="weights">The weights of the net.</param>
/// <param name="width">Width D of a token.</param>
/// <param name="heads">Attention heads H.</param>
internal sealed class TransformerGraph(OnnxGraphBuilder g, TorchWeights weights, int width, int heads)
{
    /// <summary>[B, T, D] -> [B, T, D], the block of this name.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="count">Their number T.</param>
    /// <param name="name">Torch name of the block.</param>
    internal string Block(string tokens, int count, string name)
    {
        string x = g.Add(tokens, Attention(Norm(tokens, name + ".norm1"), count, name));
        return g.Add(x, Linear(g.Gelu(Linear(Norm(x, name + ".norm2"), name + ".expand")), name + ".contract"));
    }

    /// <summary>The linear layer of this name on the last dimension.</summary>
    internal string Linear(string x, string name) => g.Linear(x, weights.Add(g, name + ".weight"), weights.Add(g, name + ".bias"));

    /// <summary>The layer norm of this name.</summary>
    internal string Norm(string x, string name) =>
        g.LayerNormalization(x, weights.Add(g, name + ".weight"), weights.Add(g, name + ".bias"), LayerNorm.Epsilon);

    private string Attention(string x, int count, string name)
    {
        int depth = width / heads;
        string[] parts = g.Split(Linear(x, name + ".qkv"), 2, width, width, width);             // 3 of [B, T, D]
        string queries = g.Transpose(g.Reshape(parts[0], 0, count, heads, depth), 0, 2, 1, 3);
        string keys = g.Transpose(g.Reshape(parts[1], 0, count, heads, depth), 0, 2, 3, 1);
        string values = g.Transpose(g.Reshape(parts[2], 0, count, heads, depth), 0, 2, 1, 3);
        string scores = g.MatMul(g.Mul(queries, g.Constant((float)(1 / Math.Sqrt(depth)))), keys);      // [B, H, T, T]
        string mixed = g.MatMul(g.Softmax(scores), values);                                             // [B, H, T, D / H]
        return Linear(g.Reshape(g.Transpose(mixed, 0, 2, 1, 3), 0, count, width), name + ".projection");
    }
}
