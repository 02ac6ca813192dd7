using System.Runtime.InteropServices;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Trainer.Export.Quantization;

/// <summary>
/// A model whose products with constants compute in 8 bits, written as QuantizeLinear and DequantizeLinear around them (QDQ), which ONNX Runtime
/// turns into integer kernels and every other reader computes as written. Activations are uint8 with one scale for a value; weights are int8 with
/// one for each output channel.
/// </summary>
public sealed class QuantizedModel
{
    // Without VNNI the kernels add two products in 16 bits, 2 * 255 * 127 would saturate there and the error depends on the processor; 2 * 255 * 63 does not.
    private const float LargestWeight = 63;

    private readonly OnnxModel source;
    private readonly QuantizableNodes nodes;
    private readonly IReadOnlyDictionary<string, ValueRange> ranges;
    private readonly OnnxGraph graph;
    private readonly Dictionary<string, string> read = new(StringComparer.Ordinal);     // value -> what its readers read instead

    private QuantizedModel(OnnxModel source, IReadOnlyDictionary<string, ValueRange> ranges)
    {
        (this.source, this.ranges) = (source, ranges);
        nodes = new QuantizableNodes(source.Graph);
        graph = new OnnxGraph { Name = source.Graph.Name };
    }

    /// <summary>The values whose ranges <see cref="Build"/> needs.</summary>
    public static IReadOnlyCollection<string> ValuesOf(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        QuantizableNodes nodes = new(model.Graph);
        return nodes.All.SelectMany(node => node.OpType == "Conv" ? [node.Inputs[0], nodes.Result(node)] : new[] { node.Inputs[0] }).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Rewrites <paramref name="model"/>, which stays as it is.</summary>
    /// <param name="model">A float32 model.</param>
    /// <param name="ranges">Ranges of <see cref="ValuesOf"/>, see <see cref="ActivationRanges"/>.</param>
    public static OnnxModel Build(OnnxModel model, IReadOnlyDictionary<string, ValueRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(ranges);
        return new QuantizedModel(model, ranges).Run();
    }

    private OnnxModel Run()
    {
        HashSet<OnnxNode> quantized = [.. nodes.All];
        graph.Inputs.AddRange(source.Graph.Inputs);
        graph.Outputs.AddRange(source.Graph.Outputs);
        foreach (OnnxNode node in source.Graph.Nodes)
        {
            string[] inputs = [.. node.Inputs.Select(input => read.GetValueOrDefault(input, input))];
            if (quantized.Contains(node))
            {
                inputs[0] = Rounded(node.Inputs[0]);
                AddWeights(node, inputs);
            }

            graph.Nodes.Add(node with { Inputs = inputs });
            foreach (string output in node.Outputs.Where(output => ranges.ContainsKey(output)))
                _ = Rounded(output);
        }

        RemoveUnread();
        return source.With(graph);
    }

    // The value rounded to 256 levels, for all its readers: two readers must not see two values.
    private string Rounded(string value)
    {
        if (read.TryGetValue(value, out string? rounded))
            return rounded;
        (string scale, string zero) = (value + "/scale", value + "/zero");
        graph.Initializers.Add(OnnxTensor.Of(scale, [ranges[value].Scale]));
        graph.Initializers.Add(new OnnxTensor(zero, OnnxElementType.UInt8, [], new[] { ranges[value].ZeroPoint }));
        graph.Nodes.Add(new OnnxNode(value + "/quantize", "QuantizeLinear", [value, scale, zero], [value + "/uint8"], []));
        graph.Nodes.Add(new OnnxNode(value + "/dequantize", "DequantizeLinear", [value + "/uint8", scale, zero], [value + "/rounded"], []));
        return read[value] = value + "/rounded";
    }

    private void AddWeights(OnnxNode node, string[] inputs)
    {
        OnnxTensor weight = nodes.Weight(node);
        float[] scales = Scales(weight);
        sbyte[] levels = Levels(weight, scales);
        bool linear = node.OpType == "MatMul";
        IReadOnlyList<long> shape = linear ? [weight.Dimensions[1], weight.Dimensions[0]] : weight.Dimensions;
        sbyte[] laidOut = linear ? Transposed(levels, (int)weight.Dimensions[0], (int)weight.Dimensions[1]) : levels;
        inputs[1] = Dequantized(new OnnxTensor(weight.Name + "/int8", OnnxElementType.Int8, shape, MemoryMarshal.AsBytes<sbyte>(laidOut).ToArray()), scales, axis: linear ? 1 : 0);
        if (!linear && inputs.Length > 2)
            inputs[2] = QuantizedBias(source.Graph.FindInitializer(inputs[2])!, scales, ranges[node.Inputs[0]].Scale);
    }

    // The integer kernel adds the bias to its sums, so it has their scale.
    private string QuantizedBias(OnnxTensor bias, float[] weightScales, float inputScale)
    {
        float[] scales = [.. weightScales.Select(scale => scale * inputScale)];
        int[] levels = new int[scales.Length];
        for (int c = 0; c < levels.Length; c++)
            levels[c] = (int)Math.Clamp(Math.Round(bias.AsFloats()[c] / (double)scales[c]), int.MinValue / 2, int.MaxValue / 2);
        return Dequantized(new OnnxTensor(bias.Name + "/int32", OnnxElementType.Int32, bias.Dimensions, MemoryMarshal.AsBytes<int>(levels).ToArray()), scales, axis: 0);
    }

    private string Dequantized(OnnxTensor levels, float[] scales, long axis)
    {
        string scale = levels.Name + "/scale", zero = levels.Name + "/zero";
        graph.Initializers.Add(levels);
        graph.Initializers.Add(OnnxTensor.Of(scale, scales, scales.Length));
        graph.Initializers.Add(new OnnxTensor(zero, levels.ElementType, [scales.Length], new byte[scales.Length * levels.RawData.Length / levels.ElementCount]));
        graph.Nodes.Add(new OnnxNode(levels.Name + "/dequantize", "DequantizeLinear", [levels.Name, scale, zero], [levels.Name + "/rounded"], [OnnxAttribute.Of("axis", axis)]));
        return levels.Name + "/rounded";
    }

    // One scale an output channel, the first dimension: the largest weight becomes the largest level.
    private static float[] Scales(OnnxTensor weight)
    {
        int channels = (int)weight.Dimensions[0], each = (int)(weight.ElementCount / channels);
        float[] scales = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            float largest = 0;
            foreach (float value in weight.AsFloats().Slice(c * each, each))
                largest = Math.Max(largest, Math.Abs(value));
            scales[c] = largest > 0 ? largest / LargestWeight : 1;
        }

        return scales;
    }

    private static sbyte[] Levels(OnnxTensor weight, float[] scales)
    {
        ReadOnlySpan<float> values = weight.AsFloats();
        int each = values.Length / scales.Length;
        sbyte[] levels = new sbyte[values.Length];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = (sbyte)MathF.Round(values[i] / scales[i / each]);
        return levels;
    }

    private static sbyte[] Transposed(sbyte[] rows, int height, int width)
    {
        sbyte[] columns = new sbyte[rows.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                columns[(x * height) + y] = rows[(y * width) + x];
        }

        return columns;
    }

    // Float weights and the transposes that stood before them have no reader any more.
    private void RemoveUnread()
    {
        int before;
        do
        {
            before = graph.Nodes.Count;
            HashSet<string> wanted = Wanted();
            graph.Nodes.RemoveAll(node => !node.Outputs.Any(wanted.Contains));
        }
        while (graph.Nodes.Count < before);
        HashSet<string> left = Wanted();
        graph.Initializers.InsertRange(0, source.Graph.Initializers.Where(tensor => left.Contains(tensor.Name)));

        HashSet<string> Wanted() => [.. graph.Nodes.SelectMany(node => node.Inputs), .. graph.Outputs.Select(output => output.Name)];
    }
}
