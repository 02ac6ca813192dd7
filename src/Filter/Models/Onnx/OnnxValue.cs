namespace Realtime.Filter.Models.Onnx;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">The name it is fed or fetched by.</param>
/// <param name="ElementType">Type of its elements; <see cref="OnnxElementType.Undefined"/> where it is not a tensor.</param>
/// <param name="Dimensions">Its shape, or null where the rank is unknown.</param>
public sealed record OnnxValue(string Name, OnnxElementType ElementType, IReadOnlyList<OnnxDimension>? Dimensions)
{
    /// <summary>Name and shape for messages: "picture [N,3,32,32]".</summary>
    public override string ToString() => Dimensions is null ? $"{Name} [?]" : $"{Name} [{string.Join(',', Dimensions)}]";
}
