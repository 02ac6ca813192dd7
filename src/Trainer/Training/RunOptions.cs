namespace Realtime.Trainer.Training;

/// <summary>How a training run goes.</summary>
public sealed record RunOptions
{
    /// <summary>Names the checkpoint and the log.</summary>
    public required string Name { get; init; }

    /// <summary>Folder of checkpoints and logs.</summary>
    public required string Folder { get; init; }

    /// <summary>The recipe as the user gave it; a checkpoint of another recipe is not resumed.</summary>
    public required string Recipe { get; init; }

    /// <summary>Learning rate over the steps.</summary>
    public required Schedule Schedule { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Decay of the weight average.</summary>
    public double EmaDecay { get; init; } = 0.999;

    /// <summary>Steps between two measurements.</summary>
    public long EvaluateEvery { get; init; } = 1000;

    /// <summary>Seconds between two checkpoints.</summary>
    public double CheckpointSeconds { get; init; } = 120;

    /// <summary>Continue from the checkpoint if there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>Called at every measurement, with what it said, while the averaged weights are in place: writes the weights file.</summary>
    public Action<string>? Keep { get; init; }

    /// <summary>Stops after this step of the schedule, as if interrupted; 0 for the whole run.</summary>
    public long StopAfter { get; init; }
}
