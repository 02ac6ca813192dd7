using Google.Protobuf;

namespace Realtime.Filter.Models.Onnx;

/// <summary>Reads a node and its attributes.</summary>
internal static class OnnxNodeReader
{
    /// <summary>Reads the rest of the message.</summary>
    public static OnnxNode Read(CodedInputStream input)
    {
        List<string> inputs = [], outputs = [];
        List<OnnxAttribute> attributes = [];
        string name = "", opType = "", domain = "";
        while (OnnxWire.TryNext(input, out int field))
        {
            switch (field)
            {
                case OnnxFields.Node.Input:
                    inputs.Add(input.ReadString());
                    break;
                case OnnxFields.Node.Output:
                    outputs.Add(input.ReadString());
                    break;
                case OnnxFields.Node.Name:
                    name = input.ReadString();
                    break;
                case OnnxFields.Node.OpType:
                    opType = input.ReadString();
                    break;
                case OnnxFields.Node.Attribute:
                    attributes.Add(ReadAttribute(input.ReadBytes()));
                    break;
                case OnnxFields.Node.Domain:
                    domain = input.ReadString();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return new OnnxNode(name, opType, inputs, outputs, attributes, domain);
    }

    private static OnnxAttribute ReadAttribute(ByteString encoded)
    {
        CodedInputStream input = encoded.CreateCodedInput();
        string name = "";
        object? value = null;
        int type = 0;
        List<float> floats = [];
        List<long> ints = [];
        while (OnnxWire.TryNext(input, out int field, out bool packed))
        {
            switch (field)
            {
                case OnnxFields.Attribute.Name:
                    name = input.ReadString();
                    break;
                case OnnxFields.Attribute.Float:
                    value = input.ReadFloat();
                    break;
                case OnnxFields.Attribute.Int:
                    value = input.ReadInt64();
                    break;
                case OnnxFields.Attribute.String:
                    value = input.ReadString();
                    break;
                case OnnxFields.Attribute.Tensor:
                    value = OnnxTensorReader.Read(OnnxWire.Message(input));
                    break;
                case OnnxFields.Attribute.Floats:
                    OnnxWire.AddFloats(input, packed, floats);
                    break;
                case OnnxFields.Attribute.Ints:
                    OnnxWire.AddInts(input, packed, ints);
                    break;
                case OnnxFields.Attribute.Type:
                    type = input.ReadInt32();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return new OnnxAttribute(name, type switch
        {
            OnnxFields.Attribute.FloatType => value ?? 0f,
            OnnxFields.Attribute.IntType => value ?? 0L,
            OnnxFields.Attribute.StringType => value ?? "",
            OnnxFields.Attribute.TensorType when value is not null => value,
            OnnxFields.Attribute.FloatsType => floats.ToArray(),
            OnnxFields.Attribute.IntsType => ints.ToArray(),
            _ => encoded.Memory,
        });
    }
}
