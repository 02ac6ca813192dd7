using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>Trains a residual classifier by cross-entropy on mirrored and shifted pictures.</summary>
public sealed class ClassifierTask : ITrainingTask, IDisposable
{
    private readonly ResNetClassifier net;
    private readonly IPictureSet train;
    private readonly IPictureSet test;
    private readonly ClassifierRecipe recipe;

    /// <summary>Prepares the task; the net is left in training mode.</summary>
    public ClassifierTask(ResNetClassifier net, IPictureSet train, IPictureSet test, ClassifierRecipe recipe)
    {
        (this.net, this.train, this.test, this.recipe) = (net, train, test, recipe);
        Optimizer = new Sgd(net.named_parameters(), momentum: 0.9, recipe.WeightDecay);
    }

    /// <inheritdoc/>
    public int BatchSize => recipe.BatchSize;

    /// <inheritdoc/>
    public IOptimizer Optimizer { get; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Tensor)> Weights =>
        Training.Weights.Of(net);

    /// <inheritdoc/>
    public Tensor Loss(long step, long steps, Random random)
    {
        net.train();
        (int[] indices, Augmentation[] changes) = Draw(step, random);
        (Tensor pictures, Tensor labels) = Batch.Load(train, indices, changes);
        if (recipe.Noise > 0)
            AddNoise(pictures, random);
        return nn.functional.cross_entropy(net.call(pictures), labels, label_smoothing: recipe.LabelSmoothing);
    }

    /// <inheritdoc/>
    public string Evaluate()
    {
        net.eval();
        return $"test accuracy {Accuracy.Of(net, test, Math.Min(test.Count, recipe.TestCount)):0.00} %";
    }

    /// <inheritdoc/>
    public void Dispose() => Optimizer.Dispose();

    private void AddNoise(Tensor pictures, Random random)
    {
        // Seeded from the step, so that a resumed run draws the same noise.
        TorchSharp.torch.random.manual_seed(random.NextInt64());
        float[] deviations = [.. Enumerable.Range(0, (int)pictures.shape[0]).Select(_ => (float)(random.NextDouble() * recipe.Noise / 255))];
        pictures.add_(randn(pictures.shape) * tensor(deviations, [deviations.Length, 1, 1, 1])).clamp_(0f, 1f);
    }

    private (int[] Indices, Augmentation[] Changes) Draw(long step, Random random)
    {
        int[] indices = EpochOrder.Of(train.Count, recipe.BatchSize, step, recipe.Seed);
        Augmentation[] changes = [.. indices.Select(_ => Augmentation.Draw(random, recipe.Shift))];
        return (indices, changes);
    }
}
