using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Realtime.Filter.Models.Onnx;

/// <summary>Reads a tensor of any producer: raw bytes, or one of the typed lists, which become raw bytes.</summary>
internal static class OnnxTensorReader
{
    /// <summary>Reads the rest of the message.</summary>
    /// <exception cref="InvalidDataException">The elements are in another file, or of a type that has no raw form.</exception>
    /// <exception cref="ArgumentException">The number of elements does not fit the shape.</exception>
    public static OnnxTensor Read(CodedInputStream input)
    {
        string name = "";
        OnnxElementType type = OnnxElementType.Undefined;
        List<long> dimensions = [], ints = [], longs = [];
        List<float> floats = [];
        List<double> doubles = [];
        ReadOnlyMemory<byte>? raw = null;
        bool external = false;
        while (OnnxWire.TryNext(input, out int field, out bool packed))
        {
            switch (field)
            {
                case OnnxFields.Tensor.Dims:
                    OnnxWire.AddInts(input, packed, dimensions);
                    break;
                case OnnxFields.Tensor.DataType:
                    type = (OnnxElementType)input.ReadInt32();
                    break;
                case OnnxFields.Tensor.FloatData:
                    OnnxWire.AddFloats(input, packed, floats);
                    break;
                case OnnxFields.Tensor.Int32Data:
                    OnnxWire.AddInts(input, packed, ints);
                    break;
                case OnnxFields.Tensor.Int64Data:
                    OnnxWire.AddInts(input, packed, longs);
                    break;
                case OnnxFields.Tensor.DoubleData:
                    OnnxWire.AddDoubles(input, packed, doubles);
                    break;
                case OnnxFields.Tensor.Name:
                    name = input.ReadString();
                    break;
                case OnnxFields.Tensor.RawData:
                    raw = input.ReadBytes().Memory;
                    break;
                case OnnxFields.Tensor.DataLocation:
                    external = input.ReadInt32() != 0;
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        if (external)
            throw new InvalidDataException($"tensor '{name}' is kept in a second file; save the model as one file.");
        return new OnnxTensor(name, type, dimensions, raw ?? ToRaw(name, type, floats, ints, longs, doubles));
    }

    private static byte[] ToRaw(string name, OnnxElementType type, List<float> floats, List<long> ints, List<long> longs, List<double> doubles)
    {
        switch (type)
        {
            case OnnxElementType.Float:
                return Bytes<float>(floats);
            case OnnxElementType.Int64:
                return Bytes<long>(longs);
            case OnnxElementType.Double:
                return Bytes<double>(doubles);
            default:
                // The narrow types share one list of 32-bit numbers, one element each; their low bytes are the element.
                int size = OnnxTensor.ElementSize(type) ?? throw new InvalidDataException($"tensor '{name}' has the element type {type}, which is not supported.");
                byte[] raw = new byte[ints.Count * size];
                for (int i = 0; i < ints.Count; i++)
                {
                    for (int b = 0; b < size; b++)
                        raw[(i * size) + b] = (byte)(ints[i] >> (8 * b));
                }

                return raw;
        }
    }

    private static byte[] Bytes<T>(List<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)).ToArray();
}
