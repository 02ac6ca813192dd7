using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gpu.Maep;

/// <summary>
/// Reads the layers of a purifier out of its ONNX file, by name, and rearranges them for gemm.comp: pictures and maps keep the channels of
/// a pixel together here, where torch and ONNX keep whole planes; and what a layer norm multiplies and adds goes into the layer after it.
/// </summary>
/// <param name="path">The file, for messages.</param>
/// <param name="model">Its content.</param>
/// <param name="shape">Its shape.</param>
internal sealed class MaepWeights(string path, OnnxModel model, MaepArchitecture shape)
{
    /// <summary>[Tokens, Width] the fixed position encoding.</summary>
    public float[] Positions() => Tensor("positions", shape.Tokens * shape.Width).ToArray();

    /// <summary>[2, Width] what the norm between encoder and decoder multiplies and adds.</summary>
    public float[] EncoderNorm() => [.. Tensor("encoderNorm.weight", shape.Width), .. Tensor("encoderNorm.bias", shape.Width)];

    /// <summary>A linear layer on tokens, with the norm before it folded in where <paramref name="norm"/> names one.</summary>
    public PackedLayer Linear(string name, int inputs, int outputs, string? norm = null)
    {
        PackedLayer layer = PackedLayer.Of(name, inputs, outputs);
        ReadOnlySpan<float> weight = Tensor(name + ".weight", inputs * outputs);
        Tensor(name + ".bias", outputs).CopyTo(layer.Bias);
        for (int n = 0; n < outputs; n++)
            for (int k = 0; k < inputs; k++)
                layer.Set(k, n, weight[(n * inputs) + k]);
        if (norm is not null)
            Fold(layer, norm, inputs);
        return layer;
    }

    /// <summary>A 3x3 convolution: input k = (row, column, channel).</summary>
    /// <param name="name">The layer's name in the model.</param>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="gain">Multiplies the output; with <paramref name="shift"/>, which is added, it turns -1..1 into 0..1.</param>
    /// <param name="shift">See <paramref name="gain"/>.</param>
    public PackedLayer Convolution(string name, int inputs, int outputs, float gain = 1, float shift = 0)
    {
        int padded = (inputs + 3) / 4 * 4;
        PackedLayer layer = PackedLayer.Of(name, 9 * padded, outputs);
        ReadOnlySpan<float> weight = Tensor(name + ".weight", outputs * inputs * 9);
        ReadOnlySpan<float> bias = Tensor(name + ".bias", outputs);
        for (int n = 0; n < outputs; n++)
        {
            layer.Bias[n] = (bias[n] * gain) + shift;
            for (int c = 0; c < inputs; c++)
                for (int tap = 0; tap < 9; tap++)
                    layer.Set((tap * padded) + c, n, weight[(((n * inputs) + c) * 9) + tap] * gain);
        }

        return layer;
    }

    /// <summary>The patch embedding: input k = (row, column, channel) within the patch.</summary>
    public PackedLayer Embedding(int channels)
    {
        int padded = (channels + 3) / 4 * 4;
        int area = shape.Patch * shape.Patch;
        PackedLayer layer = PackedLayer.Of("embed", area * padded, shape.Width);
        ReadOnlySpan<float> weight = Tensor("embed.weight", shape.Width * channels * area);
        Tensor("embed.bias", shape.Width).CopyTo(layer.Bias);
        for (int n = 0; n < shape.Width; n++)
            for (int c = 0; c < channels; c++)
                for (int at = 0; at < area; at++)
                    layer.Set((at * padded) + c, n, weight[(((n * channels) + c) * area) + at]);
        return layer;
    }

    /// <summary>The way back from tokens to pixels: output n = (row, column, channel) within the patch.</summary>
    /// <param name="channels">Of a pixel.</param>
    /// <param name="gain">See <see cref="Convolution"/>.</param>
    /// <param name="shift">See <see cref="Convolution"/>.</param>
    public PackedLayer Unembedding(int channels, float gain = 1, float shift = 0)
    {
        int padded = (channels + 3) / 4 * 4;
        int area = shape.Patch * shape.Patch;
        PackedLayer layer = PackedLayer.Of("unembed", shape.Width, area * padded);
        ReadOnlySpan<float> weight = Tensor("unembed.weight", channels * area * shape.Width);
        ReadOnlySpan<float> bias = Tensor("unembed.bias", channels * area);
        for (int c = 0; c < channels; c++)
        {
            for (int at = 0; at < area; at++)
            {
                int row = (c * area) + at;
                int n = (at * padded) + c;
                layer.Bias[n] = (bias[row] * gain) + shift;
                for (int k = 0; k < shape.Width; k++)
                    layer.Set(k, n, weight[(row * shape.Width) + k] * gain);
            }
        }

        // Scaled before the norm is folded in, so that the norm's shift is scaled too.
        Fold(layer, "decoderNorm", shape.Width);
        return layer;
    }

    // norm(x) W + b = ((x - mean) / deviation) (scale W) + (b + shift W)
    private void Fold(PackedLayer layer, string norm, int inputs)
    {
        ReadOnlySpan<float> scale = Tensor(norm + ".weight", inputs);
        ReadOnlySpan<float> shift = Tensor(norm + ".bias", inputs);
        int columns = 4 * layer.N;
        for (int n = 0; n < columns; n++)
        {
            double sum = layer.Bias[n];
            for (int k = 0; k < inputs; k++)
            {
                sum += (double)shift[k] * layer.Weights[(k * columns) + n];
                layer.Weights[(k * columns) + n] *= scale[k];
            }

            layer.Bias[n] = (float)sum;
        }
    }

    private ReadOnlySpan<float> Tensor(string name, int length)
    {
        OnnxTensor? tensor = model.Graph.FindInitializer(name);
        if (tensor is null || tensor.ElementType != OnnxElementType.Float || tensor.ElementCount != length)
        {
            string found = tensor is null ? "none" : $"{tensor.ElementType} [{string.Join(", ", tensor.Dimensions)}]";
            throw new UserErrorException(
                ExitCode.ModelRejected, $"model '{path}' cannot run on Vulkan: expected an initializer '{name}' of {length} float32 numbers, found {found}. Export it again with ./realtime export.");
        }

        return tensor.AsFloats();
    }
}
