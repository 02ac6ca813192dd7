using Google.Protobuf;
using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Models.Onnx;

public sealed class OnnxFileTests
{
    [Fact]
    public void What_is_written_reads_back_and_writes_the_same_bytes()
    {
        byte[] file = OnnxWriter.ToBytes(Sample());
        OnnxModel read = OnnxReader.Read(file, "sample");

        Assert.Equal(file, OnnxWriter.ToBytes(read));
        Assert.Equal("Realtime", read.Producer);
        Assert.Equal(OnnxGraphBuilder.Opset, read.Opset);
        Assert.Equal("cat,dog", read.Metadata["realtime.labels"]);
        Assert.Equal([1.5f, -2], read.Graph.FindInitializer("fc.weight")!.AsFloats().ToArray());
        Assert.Equal([2L, 1], read.Graph.FindInitializer("fc.weight")!.Dimensions);
        Assert.Equal("picture [N,1]", read.Graph.Inputs[0].ToString());
        Assert.Equal("y [N,2]", read.Graph.Outputs[0].ToString());
    }

    [Fact]
    public void Every_kind_of_attribute_survives()
    {
        OnnxModel model = Sample();
        OnnxAttribute[] attributes =
        [
            OnnxAttribute.Of("f", -0.5f), OnnxAttribute.Of("i", -3), OnnxAttribute.Of("s", "äö"), OnnxAttribute.Of("none", 0),
            OnnxAttribute.Of("floats", [1f, 2]), OnnxAttribute.Of("ints", [3L, -4]), OnnxAttribute.Of("empty", Array.Empty<long>()),
            OnnxAttribute.Of("t", OnnxTensor.OfInt64("", [7], 1)),
        ];
        model.Graph.Nodes.Add(new OnnxNode("n", "Foreign", ["", "x"], ["z"], attributes, "org.example"));
        OnnxNode read = OnnxReader.Read(OnnxWriter.ToBytes(model), "sample").Graph.Nodes[^1];

        Assert.Equal("org.example", read.Domain);
        Assert.Equal(["", "x"], read.Inputs);
        Assert.Equal(-0.5f, read.Attribute("f", 0f));
        Assert.Equal(-3, read.Attribute("i", 0L));
        Assert.Equal("äö", read.Attribute("s", ""));
        Assert.Equal(0, read.Attribute("none", 9L));
        Assert.Equal([1f, 2], read.Attribute<float[]>("floats", []));
        Assert.Equal([3L, -4], read.Attribute<long[]>("ints", []));
        Assert.Empty(read.Attribute<long[]>("empty", [1]));
        Assert.Equal([7L], read.Attribute<OnnxTensor?>("t", null)!.AsInt64s().ToArray());
        Assert.Equal(5, read.Attribute("missing", 5L));
    }

    [Fact]
    public void Typed_lists_of_other_producers_are_read_packed_or_not()
    {
        // TensorProto by hand: dims = 1, data_type = 2, float_data = 4, int32_data = 5, name = 8.
        byte[] packed = Message(o => { Int(o, 1, 2); Int(o, 2, 1); Text(o, 8, "packed"); Floats(o, 4, packed: true, 1.5f, 2.5f); });
        byte[] loose = Message(o => { Int(o, 1, 2); Int(o, 2, 1); Text(o, 8, "loose"); Floats(o, 4, packed: false, 3.5f, 4.5f); });
        byte[] halves = Message(o => { Int(o, 1, 1); Int(o, 2, 10); Text(o, 8, "half"); Int(o, 5, 0x3C00); });
        OnnxGraph graph = OnnxReader.Read(File(packed, loose, halves), "other").Graph;

        Assert.Equal([1.5f, 2.5f], graph.FindInitializer("packed")!.AsFloats().ToArray());
        Assert.Equal([3.5f, 4.5f], graph.FindInitializer("loose")!.AsFloats().ToArray());
        Assert.Equal(OnnxElementType.Float16, graph.FindInitializer("half")!.ElementType);
        Assert.Equal([0x00, 0x3C], graph.FindInitializer("half")!.RawData.ToArray());
    }

    [Fact]
    public void Attributes_that_we_do_not_use_are_carried_through()
    {
        byte[] strings = Message(o => { Text(o, 1, "keys"); Text(o, 9, "a"); Text(o, 9, "b"); Int(o, 20, 8); });
        OnnxModel model = Sample();
        model.Graph.Nodes.Add(new OnnxNode("n", "Foreign", [], ["z"], [new OnnxAttribute("keys", (ReadOnlyMemory<byte>)strings)]));
        OnnxModel read = OnnxReader.Read(OnnxWriter.ToBytes(model), "sample");

        Assert.Equal("keys", read.Graph.Nodes[^1].Attributes[0].Name);
        Assert.Equal(OnnxWriter.ToBytes(model), OnnxWriter.ToBytes(read));
    }

    [Fact]
    public void Weights_in_a_second_file_are_refused_by_name()
    {
        byte[] external = Message(o => { Int(o, 1, 2); Int(o, 2, 1); Text(o, 8, "far.weight"); Int(o, 14, 1); });

        AssertRejected(File(external), "far.weight");
    }

    [Fact]
    public void A_tensor_with_too_few_values_is_refused_by_name()
    {
        byte[] shortTensor = Message(o => { Int(o, 1, 3); Int(o, 2, 1); Text(o, 8, "short.weight"); Floats(o, 4, packed: true, 1, 2); });

        AssertRejected(File(shortTensor), "short.weight");
    }

    [Fact]
    public void Every_truncation_and_noise_is_rejected_or_read_but_never_crashes()
    {
        byte[] file = OnnxWriter.ToBytes(Sample());
        int rejected = 0;
        for (int length = 0; length < file.Length; length++)
            rejected += IsRejected(file[..length]) ? 1 : 0;
        Assert.True(rejected > file.Length / 2, $"only {rejected} of {file.Length} truncations were noticed");

        Random random = new(1);
        for (int i = 0; i < 300; i++)
        {
            byte[] broken = [.. file];
            for (int k = 0; k < 4; k++)
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            IsRejected(broken);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is not a model, it is a text file")]
    [InlineData("%PDF-1.7")]
    public void A_file_of_another_kind_is_rejected(string content) => AssertRejected(System.Text.Encoding.UTF8.GetBytes(content), "'x.onnx'");

    [Fact]
    public void A_missing_file_is_rejected_by_name()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => OnnxReader.Read("no-such-model.onnx"));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains("no-such-model.onnx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_to_disk_leaves_one_file()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string path = Path.Combine(folder.FullName, "a.onnx");
            OnnxWriter.Write(Sample(), path);
            OnnxWriter.Write(Sample(), path);

            Assert.Equal([path], Directory.GetFiles(folder.FullName));
            Assert.Equal(OnnxWriter.ToBytes(Sample()), System.IO.File.ReadAllBytes(path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static OnnxModel Sample()
    {
        OnnxGraphBuilder g = new("sample");
        string x = g.Input("picture", OnnxDimension.Batch, 1);
        g.Output(g.Gemm(x, g.Initializer("fc.weight", [1.5f, -2], 2, 1), transposeB: true), "y", OnnxDimension.Batch, 2);
        OnnxModel model = g.Build();
        model.Metadata["realtime.labels"] = "cat,dog";
        model.Metadata["realtime.kind"] = "classifier";
        return model;
    }

    private static void AssertRejected(byte[] file, string named)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => OnnxReader.Read(file, "x.onnx"));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private static bool IsRejected(byte[] file)
    {
        try
        {
            OnnxReader.Read(file, "broken");
            return false;
        }
        catch (UserErrorException error) when (error.ExitCode == ExitCode.ModelRejected)
        {
            return true;
        }
    }

    /// <summary>ModelProto { graph = 7 { initializer = 5 ... } }.</summary>
    private static byte[] File(params byte[][] tensors) => Message(model => Bytes(model, 7, Message(graph =>
    {
        foreach (byte[] tensor in tensors)
            Bytes(graph, 5, tensor);
    })));

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using MemoryStream buffer = new();
        using CodedOutputStream output = new(buffer);
        write(output);
        output.Flush();
        return buffer.ToArray();
    }

    private static void Bytes(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
    }

    private static void Text(CodedOutputStream output, int field, string text)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void Int(CodedOutputStream output, int field, long number)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(number);
    }

    private static void Floats(CodedOutputStream output, int field, bool packed, params float[] numbers)
    {
        if (packed)
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteLength(numbers.Length * sizeof(float));
        }

        foreach (float number in numbers)
        {
            if (!packed)
                output.WriteTag(field, WireFormat.WireType.Fixed32);
            output.WriteFloat(number);
        }
    }
}
