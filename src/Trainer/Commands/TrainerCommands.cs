using System.CommandLine;
using Realtime.Filter.Commands;

namespace Realtime.Trainer.Commands;

/// <summary>The commands of this room: one file a command, listed here.</summary>
public static class TrainerCommands
{
    /// <summary>Parses and runs a command line.</summary>
    /// <returns>The process exit code.</returns>
    public static int Run(string[] args)
    {
        Command root = CommandRunner.Root("Realtime: trains purifiers and classifiers, measures them, exports them to ONNX, in 8 bits too, calibrates the alarm.");
        Command train = new("train", "Train a model; progress with images/s and time left, checkpoints, --resume.");
        train.Add(TrainClassifierCommand.Create());
        train.Add(TrainPurifierCommand.Create());
        train.Add(TrainFinetuneCommand.Create());
        train.Add(TrainHardenedCommand.Create());
        train.Add(TrainAtopCommand.Create());
        root.Add(train);
        root.Add(ExportCommand.Create());
        root.Add(QuantizeCommand.Create());
        root.Add(EvaluateCommand.Create());
        root.Add(CalibrateCommand.Create());
        return CommandRunner.Run(root, args);
    }
}
