namespace Realtime.Filter.Models.Onnx;

/// <summary>One dimension of a graph input or output: a size, a symbol ("N"), or neither where anything goes.</summary>
/// <param name="Size">The fixed size, or null.</param>
/// <param name="Symbol">The name of a size that is known at run time only, or null.</param>
public readonly record struct OnnxDimension(long? Size, string? Symbol)
{
    /// <summary>The batch dimension of all our models, "N".</summary>
    public static OnnxDimension Batch { get; } = new(null, "N");

    /// <summary>A fixed size.</summary>
    public static implicit operator OnnxDimension(long size) => new(size, null);

    /// <inheritdoc/>
    public override string ToString() => Size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Symbol ?? "?";
}
