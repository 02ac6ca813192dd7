using Realtime.Filter.Errors;
using Realtime.Filter.Gpu.Maep;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Nets;

public sealed class PurifierKindsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-kinds-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_that_says_no_kind_is_a_masked_autoencoder()
    {
        using PurifierNet net = OnnxNets.LoadPurifier("maep-patch4", ScalarType.Float32);

        Assert.IsType<MaskedAutoencoderPurifier>(net);
        Assert.Equal(PurifierArchitecture.Convolutional(4), net.Architecture);
        Assert.DoesNotContain("Kind", PurifierKinds.Json(net.Architecture), StringComparison.Ordinal);      // a run begun before there were kinds can be resumed
    }

    [Theory]
    [InlineData("{\"Kind\":\"unet\",\"Size\":32}", "kind 'unet'")]
    [InlineData("{\"Kind\":5,\"Size\":32}", "not a purifier's")]
    [InlineData("{\"Kind\":\"disco\",\"Size\":32}", "not a purifier's")]
    [InlineData("[32]", "not a purifier's")]
    [InlineData("{\"Size\":", "not a purifier's")]
    public void What_is_no_architecture_of_a_known_kind_is_refused_with_file_and_content(string json, string says)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => PurifierKinds.Read("some.onnx", json));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains("some.onnx", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_an_unknown_kind_are_refused_before_they_are_read()
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Plain);
        string path = Path.Combine(folder, "p" + Weights.Ending);
        Safetensors.Write(path, Weights.Of(net), new Dictionary<string, string> { ["kind"] = "purifier", ["architecture"] = "{\"Kind\":\"unet\"}" });
        UserErrorException error = Assert.Throws<UserErrorException>(() => OnnxNets.LoadPurifier(path, ScalarType.Float32));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains("'unet'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Vulkan_refuses_another_kind_by_its_name_even_where_the_entries_fit()
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Plain);
        OnnxModel model = PurifierExporter.Build(net);
        model.Metadata["realtime.architecture"] = PurifierKinds.Json(net.Architecture).Replace("{", "{\"Kind\":\"unet\",", StringComparison.Ordinal);
        UserErrorException error = Assert.Throws<UserErrorException>(() => MaepArchitecture.Read("some.onnx", model));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains("of kind 'unet'", error.Message, StringComparison.Ordinal);
        model.Metadata["realtime.architecture"] = PurifierKinds.Json(TinyNets.Plain with { Bottleneck = Bottleneck.Mean });
        Assert.Contains("a bottleneck (Mean)", Assert.Throws<UserErrorException>(() => MaepArchitecture.Read("some.onnx", model)).Message, StringComparison.Ordinal);
        model.Metadata["realtime.architecture"] = PurifierKinds.Json(net.Architecture);
        Assert.Equal(TinyNets.Plain.Width, MaepArchitecture.Read("some.onnx", model).Width);
    }
}
