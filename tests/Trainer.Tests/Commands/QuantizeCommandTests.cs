using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Commands;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Tests.Commands;

public sealed class QuantizeCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-quantize-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void It_writes_a_smaller_model_that_says_what_it_was_calibrated_on()
    {
        string original = Purifier(32), path = Path.Combine(folder, "small.onnx");

        Assert.Equal(0, Quantize(original, "-o", path));

        OnnxModel model = OnnxReader.Read(path);
        Assert.Contains("int8 of tiny.onnx", model.Metadata["realtime.quantization"], StringComparison.Ordinal);
        Assert.Contains("8 pictures of solids", model.Metadata["realtime.quantization"], StringComparison.Ordinal);
        Assert.Equal("purifier", model.Metadata["realtime.kind"]);
        Assert.True(new FileInfo(path).Length < new FileInfo(original).Length);
        Assert.Matches(@"\| agreement with float32 \| \d+\.\d dB PSNR", File.ReadAllText(Path.ChangeExtension(path, ".md")));

        Assert.Equal(5, Quantize(path, "-o", Path.Combine(folder, "again.onnx")));
        Assert.False(File.Exists(Path.Combine(folder, "again.onnx")));
    }

    [Fact]
    public void A_classifier_tiles_of_another_size_and_counts_out_of_range_are_refused()
    {
        string path = Path.Combine(folder, "out.onnx");

        Assert.Equal(5, Quantize("solids", "-o", path));
        Assert.Equal(5, Quantize(Purifier(24), "-o", path));
        Assert.Equal(2, Quantize(Purifier(32), "-o", path, "--count", "0"));
        Assert.False(File.Exists(path));
    }

    private static int Quantize(string model, params string[] more) =>
        TrainerCommands.Run(["quantize", model, "--data", "solids", "--classifier", "solids", "--count", "8", .. more]);

    private string Purifier(int size)
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional with { Size = size });
        OnnxModel model = PurifierExporter.Build(net);
        model.Metadata["realtime.kind"] = "purifier";
        model.Metadata["realtime.architecture"] = "{}";
        string path = Path.Combine(folder, size == 32 ? "tiny.onnx" : "other.onnx");
        OnnxWriter.Write(model, path);
        return path;
    }
}
