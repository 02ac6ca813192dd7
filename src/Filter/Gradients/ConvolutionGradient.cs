using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gradients;

/// <summary>The gradient of convolutions and average pools with respect to their input.</summary>
/// <param name="g">Receives the new nodes.</param>
/// <param name="shapes">Shapes of the values in question.</param>
internal sealed class ConvolutionGradient(OnnxGraphBuilder g, GraphShapes shapes)
{
    /// <summary>
    /// Gradient of a Conv's input. With stride 1 it is a convolution again, with the kernel turned by 180 degrees and the channels swapped,
    /// because ONNX Runtime has its fast blocked kernels for Conv only; with larger strides it is a ConvTranspose.
    /// </summary>
    public string OfInput(OnnxNode node, string dy)
    {
        string weight = node.Inputs[1];
        long[] kernel = shapes.Of(weight)[2..];
        Window window = new(node, kernel);
        long group = node.Attribute("group", 1L);
        if (window.Strides is [1, 1] && window.Dilations is [1, 1] && window.Pads.Zip([.. kernel, .. kernel]).All(pair => pair.First < pair.Second))
        {
            long[] pads = [.. window.Pads.Select((pad, i) => kernel[i % 2] - 1 - pad)];
            return g.Conv(dy, Turned(weight, group), null, [1, 1], pads, group);
        }

        return Transposed(node, dy, weight, window, group);
    }

    /// <summary>Gradient of an AveragePool's input: every window's share goes back to its pixels.</summary>
    public string OfAveragePool(OnnxNode node, string dy)
    {
        long[] kernel = node.Attribute<long[]>("kernel_shape", []);
        Window window = new(node, kernel);
        bool pads = window.Pads.Any(pad => pad != 0) && node.Attribute("count_include_pad", 0L) == 0;
        if (pads || node.Attribute("ceil_mode", 0L) != 0)
            throw Backward.Refusal(node, "its windows at the rim have fewer pixels than the others");
        long channels = shapes.Of(node.Inputs[0])[1];
        float[] share = new float[channels * kernel[0] * kernel[1]];
        Array.Fill(share, 1f / (kernel[0] * kernel[1]));
        return Transposed(node, dy, g.Constant(share, channels, 1, kernel[0], kernel[1]), window, channels, kernel);
    }

    private string Transposed(OnnxNode node, string dy, string weight, Window window, long group, long[]? kernel = null)
    {
        kernel ??= shapes.Of(weight)[2..];
        long[] inputSize = shapes.Of(node.Inputs[0])[2..], outputSize = shapes.Of(node.Outputs[0])[2..];

        // Several input sizes give the same output size under a stride; the output padding tells which one it was.
        long[] outputPadding = new long[2];
        for (int i = 0; i < 2; i++)
        {
            long reach = ((outputSize[i] - 1) * window.Strides[i]) + (window.Dilations[i] * (kernel[i] - 1)) + 1;
            outputPadding[i] = inputSize[i] - (reach - window.Pads[i] - window.Pads[i + 2]);
        }

        return g.Node(
            "ConvTranspose",
            [dy, weight],
            OnnxAttribute.Of("strides", window.Strides),
            OnnxAttribute.Of("pads", window.Pads),
            OnnxAttribute.Of("dilations", window.Dilations),
            OnnxAttribute.Of("output_padding", outputPadding),
            OnnxAttribute.Of("group", group));
    }

    /// <summary>[M, C / group, kH, kW] -> [C, M / group, kH, kW], turned by 180 degrees. Constant, so ONNX Runtime computes it once on loading.</summary>
    private string Turned(string weight, long group)
    {
        long[] shape = shapes.Of(weight);
        (long outputs, long inputs, long height, long width) = (shape[0], shape[1], shape[2], shape[3]);
        string swapped = group == 1
            ? g.Transpose(weight, 1, 0, 2, 3)
            : g.Reshape(
                g.Transpose(g.Reshape(weight, group, outputs / group, inputs, height, width), 0, 2, 1, 3, 4),
                group * inputs,
                outputs / group,
                height,
                width);
        if (height == 1 && width == 1)
            return swapped;
        return g.Node("Slice", [swapped, g.Indices(-1, -1), g.Indices(long.MinValue, long.MinValue), g.Indices(2, 3), g.Indices(-1, -1)]);
    }

    /// <summary>How a window moves over its input.</summary>
    private sealed class Window
    {
        public Window(OnnxNode node, long[] kernel)
        {
            if (kernel.Length != 2 || node.Attribute("auto_pad", "NOTSET") != "NOTSET")
                throw Backward.Refusal(node, "it is not 2-D with explicit pads");
            Strides = node.Attribute<long[]>("strides", [1, 1]);
            Pads = node.Attribute<long[]>("pads", [0, 0, 0, 0]);
            Dilations = node.Attribute<long[]>("dilations", [1, 1]);
        }

        public long[] Strides { get; }

        public long[] Pads { get; }

        public long[] Dilations { get; }
    }
}
