using System.Text.Json;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Nets;

public sealed class ClassifierNetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-nets-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Folding_the_norm_does_not_change_what_is_computed()
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(3);
        ConvNorm unit = new(3, 5, 3, 2, new Precision(ScalarType.Float32));
        Tensor picture = TinyNets.RandomPictures(4, 16, 2);
        for (int i = 0; i < 20; i++)
            unit.call(picture);        // moves the running statistics away from their start

        unit.eval();
        Tensor folded = unit.call(picture);
        Dictionary<string, Tensor> t = Realtime.Trainer.Training.Weights.Of(unit).ToDictionary(w => w.Name, w => w.Tensor);
        Tensor convolved = nn.functional.conv2d(picture, t["weight"], null, [2, 2], [1, 1]);
        Tensor expected = nn.functional.batch_norm(convolved, t["running_mean"], t["running_var"], t["scale"], t["shift"], training: false);
        Assert.InRange(TinyNets.LargestDifference(folded, expected), 0f, 2e-5f);
        Assert.NotEqual(0f, TinyNets.Floats(t["running_mean"])[0]);
    }

    [Fact]
    public void A_resnet_20_has_the_published_number_of_parameters()
    {
        using ResNetClassifier net = new(ClassifierArchitecture.ResNet20(10), new Precision(ScalarType.Float32));
        long count = net.parameters().Sum(p => p.NumberOfElements);

        // 0.27 M in He et al. 2016; the 1x1 shortcuts add 2,752 to the 269,722 of their identity shortcuts.
        Assert.Equal(272_474, count);
    }

    /// <summary>The counts that the authors' code and RobustBench's give for ten classes; the last convolutions of ours have a bias each (12 of 160 to 640 and the shortcuts').</summary>
    [Theory]
    [InlineData("resnet18", 11_173_962, 0)]
    [InlineData("wrn28-10", 36_479_194, 4 * (160 + 320 + 640) + 160 + 320 + 640 + 32)]
    public void Published_shapes_have_the_published_number_of_parameters(string name, long published, long more)
    {
        using ResNetClassifier net = new(ClassifierArchitecture.Named(name, 32, 10), new Precision(ScalarType.Float32));

        Assert.Equal(published + more, net.parameters().Sum(p => p.NumberOfElements));
    }

    [Fact]
    public void A_pre_activation_net_is_exported_and_read_back_as_it_computes()
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(4);
        using ResNetClassifier net = new(new ClassifierArchitecture(16, 3, [8, 12], 1, 1, StemWidth: 4, PreActivation: true), new Precision(ScalarType.Float32));
        Tensor pictures = TinyNets.RandomPictures(6, 16, 2);
        for (int i = 0; i < 20; i++)
            net.call(pictures);        // moves the running statistics away from their start
        net.eval();

        OnnxModel model = ClassifierExporter.Build(net);
        Assert.InRange(ParityCheck.LargestDifference(model, net.call, 16, 1), 0, ParityCheck.Limit);
        Assert.All(net.named_buffers().Where(b => b.name.EndsWith("mean", StringComparison.Ordinal)), b => Assert.NotEqual(0f, TinyNets.Floats(b.buffer)[0]));

        string path = Path.Combine(folder, "early.onnx");
        model.Metadata["realtime.kind"] = "classifier";
        model.Metadata["realtime.architecture"] = JsonSerializer.Serialize(net.Architecture);
        OnnxWriter.Write(model, path);
        using ResNetClassifier back = OnnxNets.LoadClassifier(path, ScalarType.Float32);
        Assert.InRange(TinyNets.LargestDifference(net.call(pictures), back.call(pictures)), 0f, 1e-4f);
    }

    [Fact]
    public void The_gradient_of_a_torch_victim_agrees_with_finite_differences()
    {
        using ResNetClassifier net = TinyNets.NewClassifier();
        net.eval();
        using MaskedAutoencoderPurifier purifier = TinyNets.Purifier(TinyNets.Convolutional);
        TorchGradient victim = new(x => net.call(purifier.Purify(x)), 16, 3);       // the full gradient, through purifier and classifier
        float[] picture = TinyNets.Floats(TinyNets.RandomPictures(2, 16, 4));
        long[] labels = [2, 0];
        float[] gradient = new float[picture.Length];
        float[] loss = new float[2];
        victim.Evaluate(picture, labels, new float[6], loss, gradient);

        // Along the gradient's own direction the change is largest against float32 rounding.
        for (int i = 0; i < 2; i++)
        {
            float[] g = gradient[(i * 768)..((i + 1) * 768)];
            double norm = Math.Sqrt(g.Sum(v => (double)v * v));
            const double Step = 1e-2;
            double Loss(double sign)
            {
                float[] moved = [.. picture];
                for (int p = 0; p < 768; p++)
                    moved[i * 768 + p] += (float)(sign * Step * g[p] / norm);
                float[] at = new float[2];
                victim.Evaluate(moved, labels, new float[6], at, new float[picture.Length]);
                Assert.Equal(loss[1 - i], at[1 - i], 1e-5f);        // the other picture's loss is its own
                return at[i];
            }

            Assert.InRange((Loss(1) - Loss(-1)) / (2 * Step) / norm, 0.97, 1.03);
        }
    }
}
