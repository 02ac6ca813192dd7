using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>What is trained: a net, its data and its loss. How a run goes (schedule, checkpoints, progress) is <see cref="TrainingRun"/>'s.</summary>
public interface ITrainingTask
{
    /// <summary>Pictures that one step looks at.</summary>
    int BatchSize { get; }

    /// <summary>What the optimiser changes.</summary>
    IOptimizer Optimizer { get; }

    /// <summary>Every tensor that a checkpoint must hold: parameters and buffers.</summary>
    IEnumerable<(string Name, Tensor Tensor)> Weights { get; }

    /// <summary>The loss of one step, with its graph. All randomness comes from <paramref name="random"/>, so that a step can be repeated.</summary>
    Tensor Loss(long step, long steps, Random random);

    /// <summary>Measures the net as it stands (the averaged weights are in place) and says how it does, in a few words.</summary>
    string Evaluate();
}
