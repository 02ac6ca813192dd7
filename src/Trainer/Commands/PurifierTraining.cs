using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using Realtime.Trainer.Training.Finetuning;
using static TorchSharp.torch;

namespace Realtime.Trainer.Commands;

/// <summary>What the commands that train a purifier share: how the net begins, and how the run ends in a weights file.</summary>
internal static class PurifierTraining
{
    /// <summary>A new net, started from <paramref name="init"/> as far as names and shapes agree; says how far.</summary>
    /// <param name="architecture">Its shape.</param>
    /// <param name="compute">Format of its products.</param>
    /// <param name="init">A purifier by shipped name or path; null for random weights.</param>
    internal static PurifierNet Create(IPurifierArchitecture architecture, ScalarType compute, string? init)
    {
        using PurifierNet? other = init is null ? null : OnnxNets.LoadPurifier(init, ScalarType.Float32);
        return Begin(architecture, compute, init, other);
    }

    /// <summary>A new net of <paramref name="init"/>'s own shape, started from it.</summary>
    internal static PurifierNet Create(ScalarType compute, string init)
    {
        using PurifierNet other = OnnxNets.LoadPurifier(init, ScalarType.Float32);
        return Begin(other.Architecture, compute, init, other);
    }

    /// <summary>Trains <paramref name="part"/> of <paramref name="net"/> to the end of the schedule; every measurement writes the net's weights. Answers the exit code.</summary>
    internal static int Run(PurifierNet net, ITrainedPart part, ITrainingTask task, RunOptions options, CancellationToken cancellation)
    {
        Console.WriteLine($"{net.Architecture}: {net.parameters().Sum(p => p.NumberOfElements):N0} parameters, {options.Schedule.Steps} steps of {task.BatchSize}, {net.Precision.Compute} products");
        string path = Path.Combine(options.Folder, options.Name + Weights.Ending);
        TrainingRun training = new(task, options with
        {
            Keep = result => part.AsPlain(() => Weights.Save(path, net, net.Architecture, new Dictionary<string, string> { ["recipe"] = options.Recipe, ["result"] = result })),
        });
        Console.WriteLine($"{training.Run(cancellation)}; weights in {path}; next: ./realtime export {path}");
        return 0;
    }

    private static PurifierNet Begin(IPurifierArchitecture architecture, ScalarType compute, string? init, PurifierNet? other)
    {
        PurifierNet net = architecture.Create(new Precision(compute));
        if (other is null)
            return net;
        (int taken, int total) = Weights.WarmStart(net, other);
        Console.WriteLine($"{init}: {taken} of {total} tensors taken over");
        return net;
    }
}
