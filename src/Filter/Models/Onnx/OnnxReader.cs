using Google.Protobuf;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Models.Onnx;

/// <summary>
/// Reads ONNX files, ours and other producers'. What our models do not use (documentation, intermediate shapes, training info) is left out.
/// </summary>
public static class OnnxReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="UserErrorException">Missing, unreadable, not ONNX, or with its weights in a second file (model rejected).</exception>
    public static OnnxModel Read(string path)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.ModelRejected, $"model '{path}' cannot be read: {error.Message}", error);
        }

        return Read(file, path);
    }

    /// <summary>Reads the content of a file.</summary>
    /// <param name="file">The bytes; the tensors of the result share them where they can.</param>
    /// <param name="name">What the bytes are, for messages.</param>
    /// <exception cref="UserErrorException">Not ONNX, or with its weights in a second file (model rejected).</exception>
    public static OnnxModel Read(ReadOnlyMemory<byte> file, string name)
    {
        try
        {
            return ReadModel(UnsafeByteOperations.UnsafeWrap(file).CreateCodedInput());
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or InvalidDataException or ArgumentException or OverflowException)
        {
            throw new UserErrorException(
                ExitCode.ModelRejected,
                $"'{name}' is not a readable ONNX model: {error.Message} Export or download it again.",
                error);
        }
    }

    private static OnnxModel ReadModel(CodedInputStream input)
    {
        OnnxGraph? graph = null;
        OnnxModel model = new() { Producer = "", IrVersion = 0 };
        while (OnnxWire.TryNext(input, out int field))
        {
            switch (field)
            {
                case OnnxFields.Model.IrVersion:
                    model.IrVersion = input.ReadInt64();
                    break;
                case OnnxFields.Model.ProducerName:
                    model.Producer = input.ReadString();
                    break;
                case OnnxFields.Model.Graph:
                    graph = ReadGraph(OnnxWire.Message(input));
                    break;
                case OnnxFields.Model.OpsetImport:
                    (string domain, long version) = ReadOpset(OnnxWire.Message(input));
                    model.Opsets[domain] = version;
                    break;
                case OnnxFields.Model.MetadataProps:
                    (string key, string value) = ReadEntry(OnnxWire.Message(input));
                    model.Metadata[key] = value;
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        model.Graph = graph ?? throw new InvalidDataException("it holds no graph.");
        return model;
    }

    private static OnnxGraph ReadGraph(CodedInputStream input)
    {
        OnnxGraph graph = new() { Name = "" };
        while (OnnxWire.TryNext(input, out int field))
        {
            switch (field)
            {
                case OnnxFields.Graph.Node:
                    graph.Nodes.Add(OnnxNodeReader.Read(OnnxWire.Message(input)));
                    break;
                case OnnxFields.Graph.Name:
                    graph.Name = input.ReadString();
                    break;
                case OnnxFields.Graph.Initializer:
                    graph.Initializers.Add(OnnxTensorReader.Read(OnnxWire.Message(input)));
                    break;
                case OnnxFields.Graph.Input:
                    graph.Inputs.Add(OnnxValueReader.Read(OnnxWire.Message(input)));
                    break;
                case OnnxFields.Graph.Output:
                    graph.Outputs.Add(OnnxValueReader.Read(OnnxWire.Message(input)));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return graph;
    }

    private static (string Domain, long Version) ReadOpset(CodedInputStream input)
    {
        string domain = "";
        long version = 0;
        while (OnnxWire.TryNext(input, out int field))
        {
            if (field == OnnxFields.Pair.Key)
                domain = input.ReadString();
            else if (field == OnnxFields.Pair.Value)
                version = input.ReadInt64();
            else
                input.SkipLastField();
        }

        // "ai.onnx" is the standard domain's other name.
        return (domain == "ai.onnx" ? "" : domain, version);
    }

    private static (string Key, string Value) ReadEntry(CodedInputStream input)
    {
        string key = "", value = "";
        while (OnnxWire.TryNext(input, out int field))
        {
            if (field == OnnxFields.Pair.Key)
                key = input.ReadString();
            else if (field == OnnxFields.Pair.Value)
                value = input.ReadString();
            else
                input.SkipLastField();
        }

        return (key, value);
    }
}
