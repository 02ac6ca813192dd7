using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>A task that trains every weight of a purifier with AdamW at MAE's decay rates; the loss and the measurement are the kind's own.</summary>
public abstract class PurifierNetTask : ITrainingTask, IDisposable
{
    private readonly nn.Module trained;

    /// <summary>Prepares the task.</summary>
    /// <param name="net">What is trained.</param>
    /// <param name="batchSize">Pictures a step.</param>
    /// <param name="weightDecay">Decoupled weight decay.</param>
    /// <param name="trained">The module around <paramref name="net"/> that learns with it; null for the net alone.</param>
    protected PurifierNetTask(PurifierNet net, int batchSize, double weightDecay, nn.Module? trained = null)
    {
        ArgumentNullException.ThrowIfNull(net);
        this.trained = trained ?? net;
        (Net, BatchSize) = (net, batchSize);
        Optimizer = new AdamW(this.trained.named_parameters(), beta1: 0.9, beta2: 0.95, weightDecay);
    }

    /// <inheritdoc/>
    public int BatchSize { get; }

    /// <inheritdoc/>
    public IOptimizer Optimizer { get; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Tensor)> Weights => Training.Weights.Of(trained);

    /// <summary>The purifier.</summary>
    protected PurifierNet Net { get; }

    /// <inheritdoc/>
    public abstract Tensor Loss(long step, long steps, Random random);

    /// <inheritdoc/>
    public string Evaluate()
    {
        trained.eval();
        return Measure();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Measures the purifier, which is in evaluation mode, and says how it does, in a few words.</summary>
    protected abstract string Measure();
}
