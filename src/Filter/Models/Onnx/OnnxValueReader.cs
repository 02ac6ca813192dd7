using Google.Protobuf;

namespace Realtime.Filter.Models.Onnx;

/// <summary>Reads an input or output of a graph: name, element type and shape.</summary>
internal static class OnnxValueReader
{
    /// <summary>Reads the rest of the message.</summary>
    public static OnnxValue Read(CodedInputStream input)
    {
        string name = "";
        OnnxElementType elementType = OnnxElementType.Undefined;
        List<OnnxDimension>? dimensions = null;
        while (OnnxWire.TryNext(input, out int field))
        {
            if (field == OnnxFields.Value.Name)
                name = input.ReadString();
            else if (field == OnnxFields.Value.Type)
                (elementType, dimensions) = ReadTensorType(OnnxWire.Message(input));
            else
                input.SkipLastField();
        }

        return new OnnxValue(name, elementType, dimensions);
    }

    private static (OnnxElementType ElementType, List<OnnxDimension>? Dimensions) ReadTensorType(CodedInputStream input)
    {
        OnnxElementType elementType = OnnxElementType.Undefined;
        List<OnnxDimension>? dimensions = null;
        while (OnnxWire.TryNext(input, out int field))
        {
            if (field != OnnxFields.Type.TensorType)
            {
                input.SkipLastField();
                continue;
            }

            CodedInputStream tensor = OnnxWire.Message(input);
            while (OnnxWire.TryNext(tensor, out int part))
            {
                if (part == OnnxFields.Type.ElementType)
                    elementType = (OnnxElementType)tensor.ReadInt32();
                else if (part == OnnxFields.Type.Shape)
                    dimensions = ReadShape(OnnxWire.Message(tensor));
                else
                    tensor.SkipLastField();
            }
        }

        return (elementType, dimensions);
    }

    private static List<OnnxDimension> ReadShape(CodedInputStream input)
    {
        List<OnnxDimension> dimensions = [];
        while (OnnxWire.TryNext(input, out int field))
        {
            if (field != OnnxFields.Type.Dim)
            {
                input.SkipLastField();
                continue;
            }

            OnnxDimension dimension = default;
            CodedInputStream message = OnnxWire.Message(input);
            while (OnnxWire.TryNext(message, out int part))
            {
                if (part == OnnxFields.Type.DimValue)
                    dimension = message.ReadInt64();
                else if (part == OnnxFields.Type.DimParam)
                    dimension = new OnnxDimension(null, message.ReadString());
                else
                    message.SkipLastField();
            }

            dimensions.Add(dimension);
        }

        return dimensions;
    }
}
