using System.Runtime.InteropServices;

namespace Realtime.Filter.Models.Onnx;

/// <summary>A constant tensor: an initializer of a graph or a value of an attribute. Little-endian, row-major.</summary>
public sealed class OnnxTensor
{
    /// <summary>Creates a tensor over its raw bytes, which are not copied.</summary>
    /// <param name="name">Name of an initializer; empty in attributes.</param>
    /// <param name="elementType">Type of the elements.</param>
    /// <param name="dimensions">Shape; empty for a scalar.</param>
    /// <param name="rawData">The elements, little-endian.</param>
    /// <exception cref="ArgumentException">The number of bytes does not fit the shape.</exception>
    public OnnxTensor(string name, OnnxElementType elementType, IReadOnlyList<long> dimensions, ReadOnlyMemory<byte> rawData)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        Name = name;
        ElementType = elementType;
        Dimensions = dimensions;
        RawData = rawData;
        ElementCount = Count(dimensions);
        if (ElementSize(elementType) is int size && rawData.Length != ElementCount * size)
        {
            throw new ArgumentException(
                $"Tensor '{name}' [{string.Join(',', dimensions)}] of {elementType} needs {ElementCount * size} bytes, found {rawData.Length}.");
        }
    }

    /// <summary>Name of an initializer (the torch state name in our own files); empty in attributes.</summary>
    public string Name { get; }

    /// <summary>Type of the elements.</summary>
    public OnnxElementType ElementType { get; }

    /// <summary>Shape; empty for a scalar.</summary>
    public IReadOnlyList<long> Dimensions { get; }

    /// <summary>The elements, little-endian.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>Product of <see cref="Dimensions"/>.</summary>
    public long ElementCount { get; }

    /// <summary>Copies float32 values into a tensor.</summary>
    public static OnnxTensor Of(string name, ReadOnlySpan<float> values, params IReadOnlyList<long> dimensions) =>
        new(name, OnnxElementType.Float, [.. dimensions], MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Copies int64 values into a tensor.</summary>
    public static OnnxTensor OfInt64(string name, ReadOnlySpan<long> values, params IReadOnlyList<long> dimensions) =>
        new(name, OnnxElementType.Int64, [.. dimensions], MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The elements of a float32 tensor.</summary>
    /// <exception cref="InvalidOperationException">It has another element type.</exception>
    public ReadOnlySpan<float> AsFloats() => As<float>(OnnxElementType.Float);

    /// <summary>The elements of an int64 tensor.</summary>
    /// <exception cref="InvalidOperationException">It has another element type.</exception>
    public ReadOnlySpan<long> AsInt64s() => As<long>(OnnxElementType.Int64);

    /// <summary>Bytes of one element, or null where the type has no fixed size that we know.</summary>
    internal static int? ElementSize(OnnxElementType type) => type switch
    {
        OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Bool => 1,
        OnnxElementType.UInt16 or OnnxElementType.Int16 or OnnxElementType.Float16 or OnnxElementType.BFloat16 => 2,
        OnnxElementType.Float or OnnxElementType.Int32 => 4,
        OnnxElementType.Int64 or OnnxElementType.Double => 8,
        _ => null,
    };

    private static long Count(IReadOnlyList<long> dimensions)
    {
        long count = 1;
        foreach (long size in dimensions)
        {
            if (size < 0)
                throw new ArgumentException($"A tensor cannot have the shape [{string.Join(',', dimensions)}].");
            count = checked(count * size);
        }

        return count;
    }

    private ReadOnlySpan<T> As<T>(OnnxElementType type)
        where T : unmanaged
    {
        if (ElementType != type)
            throw new InvalidOperationException($"Tensor '{Name}' holds {ElementType}, not {type}.");
        return MemoryMarshal.Cast<byte, T>(RawData.Span);
    }
}
