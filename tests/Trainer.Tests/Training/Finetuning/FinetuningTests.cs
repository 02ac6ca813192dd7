using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using Realtime.Trainer.Training.Finetuning;
using Realtime.Trainer.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Training.Finetuning;

public sealed class FinetuningTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-finetune-").FullName;
    private readonly IPictureSet pictures = TinyNets.Pictures(48, 1);
    private readonly ResNetClassifier classifier = TinyNets.NewClassifier();
    private readonly PairSet pairs;

    public FinetuningTests()
    {
        classifier.eval();
        pairs = PairSet.Open(pictures, pictures.Count, new Fgsm(8 / 255f), classifier, "tiny", folder, 1, CancellationToken.None);
    }

    public void Dispose()
    {
        classifier.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("lora", "")]
    [InlineData("decoder", "decoder,decoderNorm,unembed,head")]
    [InlineData("full", "stem,embed,encoder,encoderNorm,decoder,decoderNorm,unembed,head")]
    public void A_method_changes_its_part_of_the_net_and_nothing_else(string method, string changed)
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        Dictionary<string, float[]> before = WeightsOf(net);
        using ITrainedPart part = Part(method, net);
        Train(net, part, "run", 8);
        Dictionary<string, float[]> after = WeightsOf(net);

        string[] found = [.. before.Keys.Where(name => !before[name].SequenceEqual(after[name])).Select(name => name.Split('.')[0]).Distinct().Order()];
        Assert.Equal(changed.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), found);
    }

    [Theory]
    [InlineData("lora")]
    [InlineData("decoder")]
    public void A_resumed_run_ends_exactly_where_the_uninterrupted_one_does(string method)
    {
        (float[] losses, float[] whole) = Run("whole", 0, false);
        (float[] before, _) = Run("halves", 5, false);
        (float[] after, float[] resumed) = Run("halves", 0, true);

        Assert.Equal(5, before.Length);
        Assert.Equal(losses, before.Concat(after));
        Assert.Equal(whole, resumed);

        (float[] Losses, float[] Weights) Run(string name, long stopAfter, bool resume)
        {
            using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
            using ITrainedPart part = Part(method, net);
            float[] found = Train(net, part, name, 12, stopAfter, resume);
            float[] weights = [];
            part.AsPlain(() => weights = [.. WeightsOf(net).Values.SelectMany(w => w)]);
            return (found, weights);
        }
    }

    [Fact]
    public void A_checkpoint_of_another_method_is_refused()
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        using (ITrainedPart part = Part("decoder", net))
            Train(net, part, "run", 12, stopAfter: 5);
        using ITrainedPart lora = Part("lora", net);
        UserErrorException error = Assert.Throws<UserErrorException>(() => Train(net, lora, "run", 12, resume: true));

        Assert.Contains("run.checkpoint.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maep", 0.0)]
    [InlineData("purify", 0.0)]
    [InlineData("mlm", 0.5)]
    [InlineData("reconstruction", 0.0)]
    [InlineData("trades-pixel", 0.0)]
    [InlineData("trades-latent", 0.0)]
    public void Every_loss_design_learns(string design, double maskRatio)
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        using PurifierTask task = Task(net, TrainedParameters.All(net), LossDesign.Named(design).Create(Distance.L1, 1, net), maskRatio);
        float before = LossOfFixedBatches();
        for (int step = 1; step <= 20; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            task.Loss(step, 20, new Random(step)).backward();
            task.Optimizer.Step(2e-3, step);
        }

        Assert.InRange(LossOfFixedBatches(), 0, 0.9f * before);

        float LossOfFixedBatches()
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable still = no_grad();
            return Enumerable.Range(1, 3).Average(step => task.Loss(step, 20, new Random(100 + step)).ToSingle());
        }
    }

    private static ITrainedPart Part(string method, MaskedAutoencoderPurifier net)
    {
        random.manual_seed(9);
        return method switch
        {
            "lora" => new LowRankAdaptation(net, 4, 16, [.. LowRankAdaptation.Targets]),
            "decoder" => TrainedParameters.Decoder(net),
            _ => TrainedParameters.All(net),
        };
    }

    private static Dictionary<string, float[]> WeightsOf(MaskedAutoencoderPurifier net) => Weights.Of(net).ToDictionary(w => w.Name, w => TinyNets.Floats(w.Tensor));

    private PurifierTask Task(MaskedAutoencoderPurifier net, ITrainedPart part, IPurifierLoss loss, double maskRatio) => new(
        net, pictures, [new(pairs, classifier)], new PurifierRecipe(16, maskRatio, 2, 0, 0, 0, 1, 0.05, 1), new TransferProbe(classifier, pictures, pairs), loss, part);

    private float[] Train(MaskedAutoencoderPurifier net, ITrainedPart part, string name, long steps, long stopAfter = 0, bool resume = false)
    {
        using PurifierTask task = Task(net, part, new PurifyLoss(Distance.L1), 0);
        TrainingRun run = new(task, new RunOptions
        {
            Name = name,
            Folder = folder,
            Recipe = "tiny",
            Schedule = new Schedule(1e-3, steps, 2),
            EvaluateEvery = 4,
            StopAfter = stopAfter,
            Resume = resume,
        });
        if (stopAfter > 0)
            Assert.Throws<OperationCanceledException>(() => run.Run(CancellationToken.None));
        else
            run.Run(CancellationToken.None);
        return [.. run.Losses];
    }
}
