namespace Realtime.Filter.Models.Onnx;

/// <summary>A named setting of a node: a number, a text, a list of numbers or a tensor.</summary>
/// <param name="Name">The operator's name of it ("strides").</param>
/// <param name="Value">
/// A <see cref="float"/>, <see cref="long"/>, <see cref="string"/>, <see cref="OnnxTensor"/>, <see cref="float"/>[] or <see cref="long"/>[];
/// for the kinds that our models do not use (graphs, lists of texts) a <see cref="ReadOnlyMemory{T}"/> of bytes, the encoded attribute.
/// </param>
public sealed record OnnxAttribute(string Name, object Value)
{
    /// <summary>A whole number or a switch.</summary>
    public static OnnxAttribute Of(string name, long value) => new(name, value);

    /// <summary>A number.</summary>
    public static OnnxAttribute Of(string name, float value) => new(name, value);

    /// <summary>A text.</summary>
    public static OnnxAttribute Of(string name, string value) => new(name, value);

    /// <summary>A list of whole numbers.</summary>
    public static OnnxAttribute Of(string name, long[] values) => new(name, values);

    /// <summary>A list of numbers.</summary>
    public static OnnxAttribute Of(string name, float[] values) => new(name, values);

    /// <summary>A tensor.</summary>
    public static OnnxAttribute Of(string name, OnnxTensor value) => new(name, value);
}
