using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu.Maep;
using Realtime.Filter.Gradients;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Purifiers;
using Realtime.Trainer.Commands;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Export;

/// <summary>What every kind of purifier must do on its way from torch to ONNX and back.</summary>
public sealed class KindsExportTests : IDisposable
{
    private const int Count = 3;

    private static readonly long[] Labels = [0, 2, 1];

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-kinds-").FullName;

    public static TheoryData<string> Kinds => [.. Shapes.Keys];

    private static Dictionary<string, IPurifierArchitecture> Shapes { get; } = new()
    {
        ["maep"] = TinyNets.Convolutional,
        ["disco"] = TinyNets.Disco,
        ["disco, residual, one hidden layer"] = TinyNets.Disco with { Residual = true, Layers = 1, Blocks = 2 },
        ["impure"] = TinyNets.Impure,
        ["impure, nine regions"] = TinyNets.Impure with { Size = 24, Interleave = 3 },
    };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_exported_graph_computes_what_torch_computes(string kind)
    {
        using PurifierNet net = TinyNets.Of(Shapes[kind]);

        Assert.InRange(ParityCheck.LargestDifference(PurifierExporter.Build(net), x => net.Purify(x).clamp(0f, 1f), net.Architecture.Size, 1), 0, ParityCheck.Limit);
    }

    [Theory]
    [InlineData("disco")]
    [InlineData("disco, residual, one hidden layer")]
    [InlineData("impure")]
    public void Its_gradient_is_that_of_autograd_and_of_finite_differences(string kind)
    {
        using PurifierNet net = TinyNets.Of(Shapes[kind]);
        using ResNetClassifier classifier = TinyNets.NewClassifier();
        classifier.eval();

        // A weak last layer, so that no pixel meets a limit: there the gradient goes straight through, and differences do not.
        using (no_grad())
            net.named_parameters().Single(p => p.name is "colour.weight" or "unembed.weight").parameter.mul_(0.1);
        float[] pictures = [.. TinyNets.Floats(TinyNets.RandomPictures(Count, 16, 9)).Select(value => 0.3f + 0.4f * value)];
        Assert.All(TinyNets.Floats(net.Purify(tensor(pictures, [Count, 3, 16, 16]))), value => Assert.InRange(value, 0.01f, 0.99f));

        using OnnxGradient found = OnnxGradient.Open(DefendedModel.Of(PurifierExporter.Build(net), "purifier", ClassifierExporter.Build(classifier), "classifier"), threads: 1);
        TorchGradient expected = new(x => classifier.call(net.Purify(x)), 16, 3);
        CrossEntropyLoss loss = new(Labels);
        float[] wanted = Gradient(expected, pictures, loss), got = Gradient(found, pictures, loss);
        float tolerance = 1e-4f * wanted.Max(MathF.Abs);

        Assert.True(tolerance > 0, "all values are zero: this compares nothing");
        for (int i = 0; i < wanted.Length; i++)
            Assert.Equal(wanted[i], got[i], tolerance);
        Assert.InRange(GradientCheck.LargestError(found, pictures, loss, Count, new Random(1), step: 3e-3f), 0, 0.15);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Weights_file_export_and_reload_give_the_same_net(string kind)
    {
        using DisposeScope scope = NewDisposeScope();
        using PurifierNet net = TinyNets.Of(Shapes[kind]);
        net.eval();
        string weights = Path.Combine(folder, "p" + Weights.Ending), path = Path.Combine(folder, "p.onnx");
        Weights.Save(weights, net, net.Architecture, new Dictionary<string, string> { ["recipe"] = "none", ["result"] = "untrained" });

        Assert.Equal(0, TrainerCommands.Run(["export", weights, "-o", path]));
        using PurifierNet fromWeights = OnnxNets.LoadPurifier(weights, ScalarType.Float32), fromModel = OnnxNets.LoadPurifier(path, ScalarType.Float32);
        Tensor picture = TinyNets.RandomPictures(2, net.Architecture.Size, 5);
        float[] expected = TinyNets.Floats(net.Purify(picture));
        foreach (PurifierNet back in new[] { fromWeights, fromModel })
        {
            Assert.Equal(net.Architecture, back.Architecture);
            Assert.Equal(expected, TinyNets.Floats(back.Purify(picture)));
        }

        using OnnxPurifier purifier = OnnxPurifier.Open(path, 1);
        Assert.Equal(net.Architecture.Size, purifier.TileSize);
    }

    [Theory]
    [InlineData("disco")]
    [InlineData("impure")]
    public void Vulkan_refuses_a_kind_that_it_has_no_kernels_for(string kind)
    {
        using PurifierNet net = TinyNets.Of(Shapes[kind]);
        OnnxModel model = PurifierExporter.Build(net);
        model.Metadata["realtime.architecture"] = PurifierKinds.Json(net.Architecture);
        UserErrorException error = Assert.Throws<UserErrorException>(() => MaepArchitecture.Read("some.onnx", model));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains($"of kind '{kind}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_impure_model_says_what_it_does_in_use()
    {
        using PurifierNet net = TinyNets.Of(TinyNets.Impure);

        Assert.Contains("uniform split into 4 regions", PurifierExporter.Build(net).Metadata["realtime.in-use"], StringComparison.Ordinal);
    }

    private static float[] Gradient(IGradient victim, float[] pictures, ILogitLoss loss)
    {
        float[] logits = new float[Count * 3], losses = new float[Count], gradient = new float[pictures.Length];
        victim.Evaluate(pictures, loss, logits, losses, gradient);
        return gradient;
    }
}
