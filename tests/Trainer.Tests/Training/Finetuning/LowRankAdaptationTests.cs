using Realtime.Filter.Errors;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using Realtime.Trainer.Training.Finetuning;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using AdamW = Realtime.Trainer.Training.AdamW;      // TorchSharp.Modules has one too

namespace Realtime.Trainer.Tests.Training.Finetuning;

public sealed class LowRankAdaptationTests : IDisposable
{
    private static readonly string[] Everything = ["qkv", "projection", "mlp"];

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-lora-").FullName;
    private readonly MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
    private readonly Tensor picture = TinyNets.RandomPictures(3, 16, 4);

    public void Dispose()
    {
        net.Dispose();
        picture.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void At_the_start_the_outputs_are_those_of_the_base()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] before = TinyNets.Floats(net.Purify(picture));
        using LowRankAdaptation lora = new(net, 4, 16, Everything);

        Assert.Equal(before, TinyNets.Floats(net.Purify(picture)));
    }

    [Theory]
    [InlineData("qkv", 24 + 72)]
    [InlineData("projection", 24 + 24)]
    [InlineData("mlp", 24 + 96 + 96 + 24)]
    public void The_branches_stand_where_they_were_asked_for(string target, long edges)
    {
        using LowRankAdaptation lora = new(net, 4, 8, [target]);

        Assert.Equal(4 * edges, lora.Parameters.Sum(p => p.Parameter.NumberOfElements));
        Assert.All(lora.Parameters, p => Assert.StartsWith("decoder.0.", p.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Merged_and_beside_the_layers_are_the_same_function_and_neither_changes_the_base()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] weights = WeightsOf(net);
        Tensor start = net.Purify(picture);
        using LowRankAdaptation lora = new(net, 4, 16, Everything);
        Learn(lora);
        Tensor beside = net.Purify(picture);
        Tensor? merged = null;
        float[] mergedWeights = [];
        lora.AsPlain(() => (merged, mergedWeights) = (net.Purify(picture), WeightsOf(net)));

        Assert.InRange(TinyNets.LargestDifference(start, beside), 1e-3f, float.MaxValue);
        Assert.InRange(TinyNets.LargestDifference(beside, merged!), 0f, 1e-5f);
        Assert.NotEqual(weights, mergedWeights);
        Assert.Equal(weights, WeightsOf(net));
        Assert.Equal(TinyNets.Floats(beside), TinyNets.Floats(net.Purify(picture)));
        Assert.All(net.parameters(), p => Assert.Null(p.grad));
    }

    [Fact]
    public void A_merge_is_undone_when_what_follows_fails()
    {
        float[] weights = WeightsOf(net);
        using LowRankAdaptation lora = new(net, 4, 16, Everything);
        Learn(lora);
        Assert.Throws<InvalidOperationException>(() => lora.AsPlain(() => throw new InvalidOperationException()));

        Assert.Equal(weights, WeightsOf(net));
    }

    [Fact]
    public void The_weights_file_is_a_plain_purifier_that_exports()
    {
        using DisposeScope scope = NewDisposeScope();
        using LowRankAdaptation lora = new(net, 4, 16, Everything);
        Learn(lora);
        string path = Path.Combine(folder, "tuned.weights.safetensors");
        lora.AsPlain(() => Weights.Save(path, net, net.Architecture, new Dictionary<string, string>()));
        using PurifierNet read = Weights.LoadPurifier(path, ScalarType.Float32);

        Assert.InRange(TinyNets.LargestDifference(net.Purify(picture), read.Purify(picture)), 0f, 1e-5f);
        Assert.InRange(ParityCheck.LargestDifference(PurifierExporter.Build(read), x => net.Purify(x).clamp(0f, 1f), 16, 1), 0, ParityCheck.Limit);
    }

    [Fact]
    public void Alpha_over_rank_scales_the_branch()
    {
        using DisposeScope scope = NewDisposeScope();
        using LowRankBranch branch = new(3, 2, rank: 2, alpha: 6, new Precision(ScalarType.Float32));
        Parameter[] parameters = [.. branch.parameters()];
        using (no_grad())
        {
            parameters[0].copy_(tensor([1f, 0f, 2f, 0f, 1f, 0f], [2, 3]));      // A
            parameters[1].copy_(tensor([1f, 2f, 3f, 4f], [2, 2]));              // B
        }

        // A x = (7, 2) for x = (1, 2, 3); B A x = (11, 29); times 6 / 2.
        Assert.Equal([33f, 87f], TinyNets.Floats(branch.call(tensor([1f, 2f, 3f], [1, 3]))));
        Assert.Equal([3f, 6f, 6f, 9f, 12f, 18f], TinyNets.Floats(branch.Product()));
    }

    [Theory]
    [InlineData(0, 16.0, "qkv", "--rank must be 1 to 24")]
    [InlineData(25, 16.0, "qkv", "--rank must be 1 to 24")]
    [InlineData(4, 0.0, "qkv", "--alpha must be above 0")]
    [InlineData(4, 16.0, "attention", "'attention' is unknown; known are qkv, projection, mlp")]
    [InlineData(4, 16.0, null, "--targets is empty")]
    public void A_value_out_of_range_is_named_with_its_range(int rank, double alpha, string? target, string text)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => new LowRankAdaptation(net, rank, alpha, target is null ? [] : [target]));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_net_without_decoder_blocks_is_rejected()
    {
        using MaskedAutoencoderPurifier shallow = new(TinyNets.Plain with { Decoder = 0 }, new Precision(ScalarType.Float32));
        UserErrorException error = Assert.Throws<UserErrorException>(() => new LowRankAdaptation(shallow, 4, 16, Everything));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains("--method decoder or full", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A few steps towards grey pictures: enough to move every branch.</summary>
    private void Learn(LowRankAdaptation lora)
    {
        using AdamW optimizer = new(lora.Parameters, 0.9, 0.95, 0);
        for (int step = 1; step <= 5; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            (net.Purify(picture) - 0.5f).pow(2).mean().backward();
            optimizer.Step(5e-3, step);
        }
    }

    private static float[] WeightsOf(PurifierNet net) => [.. Weights.Of(net).SelectMany(w => TinyNets.Floats(w.Tensor))];
}
