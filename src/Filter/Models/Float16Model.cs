using System.Runtime.InteropServices;
using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Models;

/// <summary>
/// Rewrites a float32 model so that it computes in float16: weights are rounded, inputs and outputs of the graph stay float32, and what loses
/// too much in float16 (<see cref="Float16Operators.KeepsFloat32"/>) keeps float32 between two casts. A value exists in the form its node
/// makes, and in the other one only where somebody asks for it.
/// </summary>
public sealed class Float16Model
{
    private const string Suffix = "/float16";
    private const float Largest = 65504;

    private readonly string path;
    private readonly OnnxModel source;
    private readonly OnnxModel result;
    private readonly Dictionary<string, OnnxTensor> initializers;
    private readonly Dictionary<string, OnnxElementType> types = [];   // of the float32 model
    private readonly HashSet<string> made = [];                        // names that exist in the result

    private Float16Model(OnnxModel source, string path)
    {
        this.path = path;
        this.source = source;
        result = new OnnxModel { IrVersion = source.IrVersion, Producer = source.Producer, Graph = new OnnxGraph { Name = source.Graph.Name } };
        initializers = source.Graph.Initializers.ToDictionary(tensor => tensor.Name);
    }

    /// <summary>Rewrites <paramref name="model"/>, which stays as it is.</summary>
    /// <param name="model">A float32 model.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <exception cref="UserErrorException">It computes in 8 bits, or has an operator that is not known here (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static OnnxModel Convert(OnnxModel model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Metadata.TryGetValue(ModelDescription.QuantizationKey, out string? quantization))
            throw new UserErrorException(ExitCode.ModelRejected, $"model '{path}' cannot be turned into float16: it computes in 8 bits ({quantization}). Use --precision fp32.");
        return new Float16Model(model, path).Run();
    }

    private OnnxModel Run()
    {
        foreach ((string domain, long version) in source.Opsets)
            result.Opsets[domain] = version;
        foreach ((string key, string value) in source.Metadata)
            result.Metadata[key] = value;
        foreach (OnnxTensor tensor in source.Graph.Initializers)
            types[tensor.Name] = tensor.ElementType;
        foreach (OnnxValue input in source.Graph.Inputs.Where(input => !initializers.ContainsKey(input.Name)))
        {
            types[input.Name] = input.ElementType;
            made.Add(input.Name);
            result.Graph.Inputs.Add(input);
        }

        foreach (OnnxNode node in source.Graph.Nodes)
            Add(node);
        foreach (OnnxValue output in source.Graph.Outputs)
        {
            Require(output.Name, half: false);
            result.Graph.Outputs.Add(output);
        }

        return result;
    }

    private void Add(OnnxNode node)
    {
        OnnxElementType type = Float16Operators.OutputType(node, types, out bool known);
        if (!known)
        {
            throw new UserErrorException(
                ExitCode.ModelRejected,
                $"model '{path}' cannot be turned into float16: operator {node.OpType} ('{node.Name}') is not known here. Use --precision fp32.");
        }

        bool inHalf = !Float16Operators.KeepsFloat32(node.OpType);
        bool makesHalf = inHalf && type == OnnxElementType.Float;
        string[] inputs = [.. node.Inputs.Select(input => Require(input, inHalf))];
        string[] outputs = [.. node.Outputs.Select(output => makesHalf && output.Length > 0 ? output + Suffix : output)];
        foreach (string output in node.Outputs.Where(output => output.Length > 0))
            types[output] = type;
        made.UnionWith(outputs);
        result.Graph.Nodes.Add(node with { Inputs = inputs, Outputs = outputs });
    }

    // The name of a value in the form wanted, made now if it is not there yet. Values that are not float32 have one form.
    private string Require(string name, bool half)
    {
        if (name.Length == 0 || types.GetValueOrDefault(name) != OnnxElementType.Float)
        {
            if (initializers.TryGetValue(name, out OnnxTensor? other) && made.Add(name))
                result.Graph.Initializers.Add(other);
            return name;
        }

        string wanted = half ? name + Suffix : name;
        if (!made.Add(wanted))
            return wanted;
        if (initializers.TryGetValue(name, out OnnxTensor? tensor))
            result.Graph.Initializers.Add(half ? Round(tensor, wanted) : tensor);
        else
            result.Graph.Nodes.Add(Cast(half ? name : name + Suffix, wanted, half ? OnnxElementType.Float16 : OnnxElementType.Float));
        return wanted;
    }

    private static OnnxNode Cast(string from, string to, OnnxElementType type) =>
        new($"{to}/cast", "Cast", [from], [to], [OnnxAttribute.Of("to", (long)type)]);

    // Masks are often written as -1e9 or the like, which float16 does not reach.
    private static OnnxTensor Round(OnnxTensor tensor, string name)
    {
        ReadOnlySpan<float> values = tensor.AsFloats();
        Half[] halves = new Half[values.Length];
        for (int i = 0; i < halves.Length; i++)
            halves[i] = (Half)(float.IsFinite(values[i]) ? Math.Clamp(values[i], -Largest, Largest) : values[i]);
        return new OnnxTensor(name, OnnxElementType.Float16, tensor.Dimensions, MemoryMarshal.AsBytes<Half>(halves).ToArray());
    }
}
