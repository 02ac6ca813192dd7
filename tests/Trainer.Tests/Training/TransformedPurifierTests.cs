using Realtime.Filter.Defences;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Training;

public sealed class TransformedPurifierTests : IDisposable
{
    private const int Count = 3, Size = 32, Seed = 7;       // four tiles of 16 pixels a picture

    private readonly string path = Path.Combine(Path.GetTempPath(), $"realtime-transformed-{Guid.NewGuid():N}.onnx");
    private readonly MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);

    public TransformedPurifierTests() => OnnxWriter.Write(PurifierExporter.Build(net), path);

    public static TheoryData<string> Transforms => ["rt1", "rt2", "rt3", "noise-8", "mask-0.5"];

    public void Dispose()
    {
        net.Dispose();
        File.Delete(path);
    }

    // What training sees is what defends in use: the same draws, values and gradients, torch here and ONNX Runtime there.
    [Theory]
    [MemberData(nameof(Transforms))]
    public void Training_and_defence_are_one_function_of_the_same_draws(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDefence defence = DefenceNames.Open($"{name}+{path}");
        Tensor pictures = TinyNets.RandomPictures(Count, Size, 3), weights = TinyNets.RandomPictures(Count, Size, 4);
        float[] defended = new float[Count * 3 * Size * Size], gradient = new float[defended.Length];
        defence.Defend(TinyNets.Floats(pictures), Size, Size, new Random(Seed), defended);
        defence.Backward(TinyNets.Floats(weights), gradient);

        Tensor x = pictures.detach().requires_grad_();
        Tensor purified = net.PurifyBehind(Transform(name), x, new Random(Seed));
        Tensor slope = autograd.grad([(purified * weights).sum()], [x])[0];

        Assert.InRange(TinyNets.LargestDifference(purified.clamp(0f, 1f), tensor(defended, pictures.shape)), 0, 1e-4f);
        Assert.InRange(TinyNets.LargestDifference(slope, tensor(gradient, pictures.shape)), 0, 1e-3f);
        Assert.Contains(gradient, value => Math.Abs(value) > 0.1f);
    }

    [Fact]
    public void Every_call_draws_anew_and_without_a_transform_nothing_is_drawn()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable still = no_grad();
        Tensor pictures = TinyNets.RandomPictures(Count, Size, 5);
        Random random = new(Seed), untouched = new(Seed);
        float[] first = TinyNets.Floats(net.PurifyBehind(RandomTransform.Rt2, pictures, random));

        Assert.NotEqual(first, TinyNets.Floats(net.PurifyBehind(RandomTransform.Rt2, pictures, random)));
        Assert.Equal(TinyNets.Floats(net.Purify(pictures)), TinyNets.Floats(net.PurifyBehind(null, pictures, untouched)));
        Assert.Equal(new Random(Seed).Next(), untouched.Next());
    }

    private static RandomTransform Transform(string name) => name switch
    {
        "rt1" => RandomTransform.Rt1,
        "rt2" => RandomTransform.Rt2,
        "rt3" => RandomTransform.Rt3,
        "noise-8" => RandomTransform.Of(8, 0),
        _ => RandomTransform.Of(0, 0.5),
    };
}
