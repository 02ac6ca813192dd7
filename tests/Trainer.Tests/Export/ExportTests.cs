using System.Text.Json;
using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Commands;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Export;

public sealed class ExportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-export-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_exported_purifier_computes_what_torch_computes(bool convolutional)
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(convolutional ? TinyNets.Convolutional : TinyNets.Plain);
        double difference = ParityCheck.LargestDifference(PurifierExporter.Build(net), x => net.Purify(x).clamp(0f, 1f), 16, 1);

        Assert.InRange(difference, 0, ParityCheck.Limit);
    }

    [Theory]
    [InlineData(Bottleneck.Tokens)]
    [InlineData(Bottleneck.Mean)]
    [InlineData(Bottleneck.Verdict)]
    public void A_purifier_with_a_bottleneck_is_exported_as_it_is_and_read_back(Bottleneck bottleneck)
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional with { Residual = false, Bottleneck = bottleneck, Classes = bottleneck == Bottleneck.Verdict ? 5 : 0 });
        net.eval();
        string weights = Path.Combine(folder, "tiny.weights.safetensors"), path = Path.Combine(folder, "tiny.onnx");
        Weights.Save(weights, net, net.Architecture, new Dictionary<string, string> { ["recipe"] = "none" });
        Assert.Equal(0, TrainerCommands.Run(["export", weights, "-o", path]));

        using DisposeScope scope = NewDisposeScope();
        using PurifierNet back = OnnxNets.LoadPurifier(path, ScalarType.Float32);
        Tensor picture = TinyNets.RandomPictures(3, 16, 5);
        Assert.Equal(net.Architecture, back.Architecture);
        Assert.InRange(TinyNets.LargestDifference(net.Purify(picture), back.Purify(picture)), 0f, 1e-6f);
        Assert.InRange(ParityCheck.LargestDifference(OnnxReader.Read(path), x => net.Purify(x).clamp(0f, 1f), 16, 1), 0, ParityCheck.Limit);
    }

    [Fact]
    public void The_parity_check_sees_a_weight_that_changed()
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        OnnxModel model = PurifierExporter.Build(net);
        using (no_grad())
            net.named_parameters().Single(p => p.name == "embed.weight").parameter.mul_(1.1);

        Assert.True(ParityCheck.LargestDifference(model, x => net.Purify(x).clamp(0f, 1f), 16, 1) > ParityCheck.Limit);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_gain_multiplies_the_change_of_an_exported_purifier_and_the_card_says_so(bool convolutional)
    {
        PurifierArchitecture architecture = (convolutional ? TinyNets.Convolutional : TinyNets.Plain) with { Residual = true };
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(architecture);
        net.eval();
        string weights = Path.Combine(folder, "tiny.weights.safetensors"), plain = Path.Combine(folder, "tiny.onnx"), louder = Path.Combine(folder, "louder.onnx");
        Weights.Save(weights, net, net.Architecture, new Dictionary<string, string> { ["recipe"] = "none" });
        Assert.Equal(0, TrainerCommands.Run(["export", weights, "-o", plain]));

        Assert.Equal(0, TrainerCommands.Run(["export", plain, "-o", louder, "--gain", "1.5"]));
        using DisposeScope scope = NewDisposeScope();
        using PurifierNet back = OnnxNets.LoadPurifier(louder, ScalarType.Float32);
        Tensor picture = TinyNets.RandomPictures(3, 16, 5);
        Assert.InRange(TinyNets.LargestDifference((net.Purify(picture) - picture) * 1.5f, back.Purify(picture) - picture), 0f, 1e-5f);
        string card = File.ReadAllText(Path.Combine(folder, "louder.md"));
        Assert.Contains("gain 1.5", card, StringComparison.Ordinal);
        Assert.Matches(@"\| recipe \| `none exported as tiny.onnx \(sha256 [0-9a-f]{64}\) gain 1.5` \|", card);
    }

    [Fact]
    public void A_gain_is_refused_where_nothing_is_changed_or_the_value_is_out_of_range()
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Plain);
        string weights = Path.Combine(folder, "tiny.weights.safetensors"), path = Path.Combine(folder, "tiny.onnx");
        Weights.Save(weights, net, net.Architecture, new Dictionary<string, string> { ["recipe"] = "none" });

        Assert.Equal(2, TrainerCommands.Run(["export", weights, "-o", path, "--gain", "1.5"]));
        Assert.Equal(2, TrainerCommands.Run(["export", weights, "-o", path, "--gain", "0"]));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void The_export_command_writes_model_and_card_and_they_are_read_back()
    {
        using ResNetClassifier net = TinyNets.NewClassifier();
        net.eval();
        string weights = Path.Combine(folder, "tiny.weights.safetensors");
        Weights.Save(weights, net, net.Architecture, new Dictionary<string, string> { ["labels"] = "a,b,c", ["recipe"] = "none", ["result"] = "untrained" });
        string path = Path.Combine(folder, "tiny.onnx");

        Assert.Equal(0, TrainerCommands.Run(["export", weights, "-o", path]));
        OnnxModel model = OnnxReader.Read(path);
        Assert.Equal("classifier", model.Metadata["realtime.kind"]);
        Assert.Equal("a,b,c", model.Metadata["realtime.labels"]);
        Assert.Equal(TinyNets.Classifier.Widths, JsonSerializer.Deserialize<ClassifierArchitecture>(model.Metadata["realtime.architecture"])!.Widths);
        Assert.Contains("untrained", File.ReadAllText(Path.Combine(folder, "tiny.md")), StringComparison.Ordinal);

        using DisposeScope scope = NewDisposeScope();
        using ResNetClassifier back = OnnxNets.LoadClassifier(path, ScalarType.Float32);
        Tensor picture = TinyNets.RandomPictures(3, 16, 5);
        Assert.InRange(TinyNets.LargestDifference(net.call(picture), back.call(picture)), 0f, 1e-4f);
    }

    [Fact]
    public void A_card_keeps_what_people_wrote_when_the_facts_are_renewed()
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        string weights = Path.Combine(folder, "p.weights.safetensors");
        Weights.Save(weights, net, net.Architecture, new Dictionary<string, string> { ["recipe"] = "first" });
        string path = Path.Combine(folder, "p.onnx");
        Assert.Equal(0, TrainerCommands.Run(["export", weights, "-o", path]));
        string card = Path.Combine(folder, "p.md");
        File.AppendAllText(card, "\nMeasured by hand.\n");
        Weights.Save(weights, net, net.Architecture, new Dictionary<string, string> { ["recipe"] = "second" });
        Assert.Equal(0, TrainerCommands.Run(["export", weights, "-o", path]));
        string text = File.ReadAllText(card);

        Assert.Contains("Measured by hand.", text, StringComparison.Ordinal);
        Assert.Contains("second", text, StringComparison.Ordinal);
        Assert.DoesNotContain("first", text, StringComparison.Ordinal);
        using PurifierNet back = OnnxNets.LoadPurifier(path, ScalarType.Float32);
        Assert.Equal(net.Architecture, back.Architecture);
    }

    [Fact]
    public void A_purifier_given_for_a_classifier_is_rejected_by_name()
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        string weights = Path.Combine(folder, "p.weights.safetensors");
        Weights.Save(weights, net, net.Architecture, new Dictionary<string, string>());
        UserErrorException error = Assert.Throws<UserErrorException>(() => OnnxNets.LoadClassifier(weights, ScalarType.Float32));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains("holds a purifier", error.Message, StringComparison.Ordinal);
    }
}
