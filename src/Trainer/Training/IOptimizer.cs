using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>Changes parameters by their gradients. Its state is a list of named tensors, so that a checkpoint holds all of it.</summary>
public interface IOptimizer : IDisposable
{
    /// <summary>The state tensors by name; written and read by checkpoints.</summary>
    IEnumerable<(string Name, Tensor Tensor)> State { get; }

    /// <summary>Applies the accumulated gradients at <paramref name="learningRate"/> and clears them.</summary>
    /// <param name="learningRate">Step size of this step.</param>
    /// <param name="step">Number of this step, from 1.</param>
    void Step(double learningRate, long step);
}
