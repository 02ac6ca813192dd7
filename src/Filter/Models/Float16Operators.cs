using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Models;

/// <summary>What <see cref="Float16Model"/> knows of ONNX operators: which may compute in float16 and what type they make.</summary>
internal static class Float16Operators
{
    // All float inputs and outputs have one type, which may be float16.
    private static readonly HashSet<string> InHalf =
    [
        "Abs", "Add", "AveragePool", "Clip", "Concat", "Conv", "ConvTranspose", "DepthToSpace", "Div", "Expand", "Flatten", "Gather", "Gelu", "Gemm",
        "GlobalAveragePool", "HardSigmoid", "HardSwish", "Identity", "LeakyRelu", "MatMul", "Max", "MaxPool", "Min", "Mul", "Neg", "Pad", "PRelu",
        "Relu", "Reshape", "Sigmoid", "Slice", "SpaceToDepth", "Split", "Squeeze", "Sub", "Tanh", "Tile", "Transpose", "Unsqueeze", "Where",
    ];

    // Sums over many values, and functions that are steep where float16 is coarse.
    private static readonly HashSet<string> InFull =
    [
        "BatchNormalization", "Erf", "Exp", "GroupNormalization", "InstanceNormalization", "LayerNormalization", "Log", "LogSoftmax", "Pow",
        "Reciprocal", "ReduceL2", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceSum", "ReduceSumSquare", "Resize", "Softmax", "Softplus", "Sqrt",
    ];

    private static readonly HashSet<string> ToBool = ["And", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Not", "Or"];

    /// <summary>Whether the operator computes in float32 also in a float16 model.</summary>
    public static bool KeepsFloat32(string operatorType) => !InHalf.Contains(operatorType);

    /// <summary>The type that a node's outputs have in the float32 model.</summary>
    /// <param name="node">Any node.</param>
    /// <param name="types">Types of all values before it.</param>
    /// <param name="known">False where the operator is none of ours.</param>
    public static OnnxElementType OutputType(OnnxNode node, IReadOnlyDictionary<string, OnnxElementType> types, out bool known)
    {
        known = node.Domain.Length == 0;
        string name = node.OpType;
        if (InHalf.Contains(name) || InFull.Contains(name))
            return types.GetValueOrDefault(node.Inputs[name == "Where" ? 1 : 0]);
        if (ToBool.Contains(name))
            return OnnxElementType.Bool;
        switch (name)
        {
            case "Shape" or "Size":
                return OnnxElementType.Int64;
            case "Cast":
                return (OnnxElementType)node.Attribute("to", 0L);
            case "Constant" when node.Attributes is [{ Value: OnnxTensor tensor }]:
                return tensor.ElementType;
            default:
                known = false;
                return OnnxElementType.Undefined;
        }
    }
}
