using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Models;

/// <summary>
/// Rewrites what is left in float32 around the products of a purifier in 8 bits, where ONNX Runtime's CPU kernels are slow: the convolution to the three
/// colours becomes a transposed one, a product and a sum of shifted maps, instead of one padded to 16 channels; a value that is only moved before it is
/// rounded is rounded first, and a quarter of its bytes is moved; GELU becomes its tanh form, within 5e-4 of it, a thirtieth of a level of the rounding behind
/// it. Files stay as they are: this happens when one is loaded.
/// </summary>
public static class QuantizedFusion
{
    private const string Domain = "com.microsoft";
    private const int FewChannels = 4;      // below this many outputs most of a block of channels would be padding

    /// <summary>The rewritten model; <paramref name="model"/> itself where it is not one of <c>./realtime quantize</c>. It stays as it is.</summary>
    /// <param name="model">A model, before or after <see cref="TransformerFusion"/>.</param>
    public static OnnxModel Fuse(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!ModelDescription.IsQuantized(model))
            return model;
        OnnxGraph graph = model.Graph.Copy();
        foreach (OnnxNode node in model.Graph.Nodes)
        {
            if (node.OpType == "Conv")
                Transpose(graph, node);
            else if (node.OpType == "Gelu")
                graph.Nodes[graph.Nodes.IndexOf(node)] = new OnnxNode(node.Name, "FastGelu", node.Inputs, node.Outputs, [], Domain);
            else if (node.OpType == "QuantizeLinear")
                RoundBeforeMoving(graph, node);
        }

        OnnxModel fused = model.With(graph);
        fused.Opsets[Domain] = 1;
        return fused;
    }

    // y[o, p] = sum of w[o, c, k] x[c, p + k - pad], which a transposed convolution with the kernel turned round computes as well.
    private static void Transpose(OnnxGraph graph, OnnxNode conv)
    {
        long[] pads = conv.Attribute<long[]>("pads", [0, 0, 0, 0]);
        if (graph.FindInitializer(conv.Inputs[1]) is not { ElementType: OnnxElementType.Float, Dimensions: [< FewChannels, var channels, var height, var width] } weight
            || conv.Attribute("group", 1L) != 1 || !conv.Attribute<long[]>("strides", [1, 1]).SequenceEqual([1L, 1L]) || !conv.Attribute<long[]>("dilations", [1, 1]).SequenceEqual([1L, 1L])
            || !pads.SequenceEqual([(height - 1) / 2, (width - 1) / 2, (height - 1) / 2, (width - 1) / 2])
            || height % 2 == 0 || width % 2 == 0)
        {
            return;
        }

        int outputs = (int)weight.Dimensions[0], area = (int)(height * width);
        ReadOnlySpan<float> values = weight.AsFloats();
        float[] turned = new float[values.Length];
        for (int i = 0; i < turned.Length; i++)
        {
            int output = i / area / (int)channels, channel = i / area % (int)channels;
            turned[(((channel * outputs) + output) * area) + (area - 1 - (i % area))] = values[i];
        }

        OnnxTensor kernel = OnnxTensor.Of(weight.Name + "/turned", turned, channels, outputs, height, width);
        graph.Initializers.Add(kernel);
        graph.Nodes[graph.Nodes.IndexOf(conv)] = new OnnxNode(
            conv.Name, "ConvTranspose", [conv.Inputs[0], kernel.Name, .. conv.Inputs.Skip(2)], conv.Outputs, [OnnxAttribute.Of("pads", pads)]);
    }

    // quantize(concat(a, moved(v))) -> quantize(concat(a, moved(rounded(v)))): the same numbers, since rounding twice is rounding once.
    private static void RoundBeforeMoving(OnnxGraph graph, OnnxNode quantize)
    {
        if (graph.FindMaker(quantize.Inputs[0]) is not { OpType: "Concat" } concat || graph.FindReaders(concat.Outputs[0]).Count != 1)
            return;
        foreach (string part in concat.Inputs)
        {
            string value = part;
            OnnxNode? first = null;
            while (graph.FindMaker(value) is { OpType: "Reshape" or "Transpose" } move && graph.FindReaders(value).Count == 1)
                (first, value) = (move, move.Inputs[0]);
            if (first is null || graph.FindMaker(value) is { OpType: "DequantizeLinear" })
                continue;
            string[] parameters = [.. quantize.Inputs.Skip(1)];
            (string levels, string rounded) = (value + "/before/uint8", value + "/before/rounded");
            int place = graph.Nodes.IndexOf(first);
            graph.Nodes[place] = first with { Inputs = [rounded, .. first.Inputs.Skip(1)] };
            graph.Nodes.Insert(place, new OnnxNode(levels, "QuantizeLinear", [value, .. parameters], [levels], []));
            graph.Nodes.Insert(place + 1, new OnnxNode(rounded, "DequantizeLinear", [levels, .. parameters], [rounded], []));
        }
    }
}
