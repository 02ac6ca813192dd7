using System.Globalization;
using Google.Protobuf;

namespace Realtime.Filter.Models.Onnx;

/// <summary>Writes ONNX files. The same model gives the same bytes.</summary>
public static class OnnxWriter
{
    /// <summary>Writes <paramref name="model"/> to <paramref name="path"/>, under a temporary name until it is complete.</summary>
    public static void Write(OnnxModel model, string path)
    {
        byte[] file = ToBytes(model);
        string temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
        try
        {
            File.WriteAllBytes(temporary, file);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The file's content, ready for an inference session.</summary>
    public static byte[] ToBytes(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Message(output =>
        {
            WriteInt(output, OnnxFields.Model.IrVersion, model.IrVersion);
            WriteText(output, OnnxFields.Model.ProducerName, model.Producer);
            WriteMessage(output, OnnxFields.Model.Graph, graph => WriteGraph(graph, model.Graph));
            foreach ((string domain, long version) in model.Opsets)
            {
                WriteMessage(output, OnnxFields.Model.OpsetImport, opset =>
                {
                    WriteText(opset, OnnxFields.Pair.Key, domain);
                    WriteInt(opset, OnnxFields.Pair.Value, version);
                });
            }

            foreach ((string key, string value) in model.Metadata)
            {
                WriteMessage(output, OnnxFields.Model.MetadataProps, entry =>
                {
                    WriteText(entry, OnnxFields.Pair.Key, key);
                    WriteText(entry, OnnxFields.Pair.Value, value);
                });
            }
        });
    }

    private static void WriteGraph(CodedOutputStream output, OnnxGraph graph)
    {
        foreach (OnnxNode node in graph.Nodes)
            WriteMessage(output, OnnxFields.Graph.Node, message => WriteNode(message, node));
        WriteText(output, OnnxFields.Graph.Name, graph.Name);
        foreach (OnnxTensor tensor in graph.Initializers)
            WriteMessage(output, OnnxFields.Graph.Initializer, message => WriteTensor(message, tensor));
        foreach (OnnxValue value in graph.Inputs)
            WriteMessage(output, OnnxFields.Graph.Input, message => WriteValue(message, value));
        foreach (OnnxValue value in graph.Outputs)
            WriteMessage(output, OnnxFields.Graph.Output, message => WriteValue(message, value));
    }

    private static void WriteNode(CodedOutputStream output, OnnxNode node)
    {
        foreach (string input in node.Inputs)
            WriteText(output, OnnxFields.Node.Input, input);
        foreach (string result in node.Outputs)
            WriteText(output, OnnxFields.Node.Output, result);
        WriteText(output, OnnxFields.Node.Name, node.Name);
        WriteText(output, OnnxFields.Node.OpType, node.OpType);
        foreach (OnnxAttribute attribute in node.Attributes)
        {
            if (attribute.Value is ReadOnlyMemory<byte> encoded)
                WriteBytes(output, OnnxFields.Node.Attribute, encoded);
            else
                WriteMessage(output, OnnxFields.Node.Attribute, message => WriteAttribute(message, attribute));
        }

        if (node.Domain.Length > 0)
            WriteText(output, OnnxFields.Node.Domain, node.Domain);
    }

    private static void WriteAttribute(CodedOutputStream output, OnnxAttribute attribute)
    {
        WriteText(output, OnnxFields.Attribute.Name, attribute.Name);
        int type;
        switch (attribute.Value)
        {
            case float number:
                type = OnnxFields.Attribute.FloatType;
                WriteFloat(output, OnnxFields.Attribute.Float, number);
                break;
            case long number:
                type = OnnxFields.Attribute.IntType;
                WriteInt(output, OnnxFields.Attribute.Int, number);
                break;
            case string text:
                type = OnnxFields.Attribute.StringType;
                WriteText(output, OnnxFields.Attribute.String, text);
                break;
            case OnnxTensor tensor:
                type = OnnxFields.Attribute.TensorType;
                WriteMessage(output, OnnxFields.Attribute.Tensor, message => WriteTensor(message, tensor));
                break;
            case float[] numbers:
                type = OnnxFields.Attribute.FloatsType;
                foreach (float number in numbers)
                    WriteFloat(output, OnnxFields.Attribute.Floats, number);
                break;
            case long[] numbers:
                type = OnnxFields.Attribute.IntsType;
                foreach (long number in numbers)
                    WriteInt(output, OnnxFields.Attribute.Ints, number);
                break;
            default:
                throw new ArgumentException($"Attribute '{attribute.Name}' holds a {attribute.Value.GetType()}, which ONNX files cannot.");
        }

        WriteInt(output, OnnxFields.Attribute.Type, type);
    }

    private static void WriteTensor(CodedOutputStream output, OnnxTensor tensor)
    {
        foreach (long size in tensor.Dimensions)
            WriteInt(output, OnnxFields.Tensor.Dims, size);
        WriteInt(output, OnnxFields.Tensor.DataType, (long)tensor.ElementType);
        if (tensor.Name.Length > 0)
            WriteText(output, OnnxFields.Tensor.Name, tensor.Name);
        WriteBytes(output, OnnxFields.Tensor.RawData, tensor.RawData);
    }

    private static void WriteValue(CodedOutputStream output, OnnxValue value)
    {
        WriteText(output, OnnxFields.Value.Name, value.Name);
        if (value.ElementType == OnnxElementType.Undefined)
            return;
        WriteMessage(output, OnnxFields.Value.Type, type => WriteMessage(type, OnnxFields.Type.TensorType, tensor =>
        {
            WriteInt(tensor, OnnxFields.Type.ElementType, (long)value.ElementType);
            if (value.Dimensions is not null)
                WriteMessage(tensor, OnnxFields.Type.Shape, shape => WriteShape(shape, value.Dimensions));
        }));
    }

    private static void WriteShape(CodedOutputStream output, IReadOnlyList<OnnxDimension> dimensions)
    {
        foreach (OnnxDimension dimension in dimensions)
        {
            WriteMessage(output, OnnxFields.Type.Dim, message =>
            {
                if (dimension.Size is long size)
                    WriteInt(message, OnnxFields.Type.DimValue, size);
                else if (dimension.Symbol is not null)
                    WriteText(message, OnnxFields.Type.DimParam, dimension.Symbol);
            });
        }
    }

    // A message carries its length in front, so the inner ones are written first, each into its own buffer.
    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using MemoryStream buffer = new();
        using (CodedOutputStream output = new(buffer, leaveOpen: true))
            write(output);
        return buffer.ToArray();
    }

    private static void WriteMessage(CodedOutputStream output, int field, Action<CodedOutputStream> write) =>
        WriteBytes(output, field, Message(write));

    private static void WriteBytes(CodedOutputStream output, int field, ReadOnlyMemory<byte> bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes));
    }

    private static void WriteText(CodedOutputStream output, int field, string text)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void WriteInt(CodedOutputStream output, int field, long number)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(number);
    }

    private static void WriteFloat(CodedOutputStream output, int field, float number)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed32);
        output.WriteFloat(number);
    }
}
