namespace Realtime.Filter.Gpu.Maep;

/// <summary>The weights of one layer as gemm.comp wants them: out = in W + bias, counted in cells of four numbers, padded with zeros.</summary>
/// <param name="Name">The layer's name in the model.</param>
/// <param name="K">Cells of an input row.</param>
/// <param name="N">Cells of an output row.</param>
/// <param name="Weights">[4 K, 4 N].</param>
/// <param name="Bias">[4 N].</param>
internal sealed record PackedLayer(string Name, int K, int N, float[] Weights, float[] Bias)
{
    /// <summary>An empty layer; <paramref name="inputs"/> and <paramref name="outputs"/> are numbers, rounded up to cells.</summary>
    public static PackedLayer Of(string name, int inputs, int outputs)
    {
        int k = (inputs + 3) / 4;
        int n = (outputs + 3) / 4;
        return new PackedLayer(name, k, n, new float[16 * k * n], new float[4 * n]);
    }

    /// <summary>Sets the weight from input <paramref name="k"/> to output <paramref name="n"/>.</summary>
    public void Set(int k, int n, float value) => Weights[(k * 4 * N) + n] = value;
}
