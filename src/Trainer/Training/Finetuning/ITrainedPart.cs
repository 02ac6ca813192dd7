using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training.Finetuning;

/// <summary>What of a purifier a run changes: everything, its decoder, or low-rank branches beside the decoder.</summary>
public interface ITrainedPart : IDisposable
{
    /// <summary>What the optimiser changes.</summary>
    IEnumerable<(string Name, Parameter Parameter)> Parameters { get; }

    /// <summary>What a checkpoint must hold. Everything else stays as the run found it.</summary>
    IEnumerable<(string Name, Tensor Tensor)> Weights { get; }

    /// <summary>Runs <paramref name="use"/> while what was learned stands in the net's own weights, so that they are those of a plain purifier; then puts them back.</summary>
    void AsPlain(Action use);
}
