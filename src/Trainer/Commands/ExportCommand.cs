using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using static TorchSharp.torch;

namespace Realtime.Trainer.Commands;

/// <summary>export: a training run's weights to ONNX, checked against torch.</summary>
internal static class ExportCommand
{
    internal static Command Create()
    {
        Argument<string> weights = new("weights") { Description = $"NAME{Weights.Ending}, as a training run leaves it, or a NAME.onnx that this command wrote." };
        Option<string?> output = new("-o", "--output") { Description = "The ONNX file (default: models/NAME.onnx)." };
        Option<double> gain = new("--gain") { Description = "Multiply the change that a purifier makes of a picture, above 0 and at most 4.", DefaultValueFactory = _ => 1 };
        Command command = new("export", "Write trained weights as ONNX with metadata and a card; refuses when ONNX Runtime and torch differ by more than 1e-4.") { weights, output, gain };
        command.SetAction(parsed =>
        {
            string from = parsed.GetValue(weights)!;
            if (parsed.GetValue(gain) is not (> 0 and <= 4))
                throw new UserErrorException(ExitCode.Usage, FormattableString.Invariant($"--gain must be above 0 and at most 4, found {parsed.GetValue(gain)}."));
            string name = Path.GetFileName(from).Replace(Weights.Ending, "", StringComparison.Ordinal).Replace(".onnx", "", StringComparison.Ordinal);
            Export(from, parsed.GetValue(output) ?? Path.Combine("models", name + ".onnx"), parsed.GetValue(gain));
            return 0;
        });
        return command;
    }

    private static void Export(string from, string path, double gain)
    {
        ExportFacts facts = ExportFacts.Read(from);
        int seed = Random.Shared.Next();
        OnnxModel model;
        double difference;
        if (facts.Kind == "purifier")
        {
            using PurifierNet net = OnnxNets.LoadPurifier(from, ScalarType.Float32);
            if (gain != 1)
                facts = Amplify(net, gain, from, facts);
            model = PurifierExporter.Build(net);
            difference = ParityCheck.LargestDifference(model, x => net.Purify(x).clamp(0f, 1f), net.Architecture.Size, seed);
        }
        else
        {
            if (gain != 1)
                throw new UserErrorException(ExitCode.Usage, $"--gain is for purifiers; {from} holds a classifier.");
            using ResNetClassifier net = OnnxNets.LoadClassifier(from, ScalarType.Float32);
            model = ClassifierExporter.Build(net);
            difference = ParityCheck.LargestDifference(model, net.call, net.Architecture.Size, seed);
            model.Metadata["realtime.labels"] = facts.Labels;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"largest difference to torch on random pictures (seed {seed}): {difference:0.00e+0}"));
        if (!(difference <= ParityCheck.Limit))
            throw new UserErrorException(ExitCode.ModelRejected, $"{path}: not written, ONNX Runtime differs from torch by {difference:0.00e+0}, allowed are {ParityCheck.Limit:0e+0}.");

        model.Metadata["realtime.kind"] = facts.Kind;
        model.Metadata["realtime.architecture"] = facts.Architecture;
        model.Metadata["realtime.opset"] = model.Opset.ToString(CultureInfo.InvariantCulture);
        model.Metadata["realtime.commit"] = Commit();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        OnnxWriter.Write(model, path);
        ModelCard.Write(Path.ChangeExtension(path, ".md"), path, model, facts, ("largest difference to torch", difference.ToString("0.0e+0", CultureInfo.InvariantCulture)));
        Console.WriteLine($"{path}  {new FileInfo(path).Length / 1e6:0.00} MB, card {Path.ChangeExtension(path, ".md")}");
    }

    private static ExportFacts Amplify(PurifierNet net, double gain, string from, ExportFacts facts)
    {
        if (net is not MaskedAutoencoderPurifier { Architecture: PurifierArchitecture { Residual: true } } maep)
            throw new UserErrorException(ExitCode.Usage, $"--gain: {from} gives no change of the picture that could be multiplied ({net.Architecture}).");
        maep.Amplify(gain);
        return facts with { Recipe = FormattableString.Invariant($"{facts.Recipe} gain {gain}") };
    }

    /// <summary>The commit of the sources, for the metadata; "unknown" outside a clone.</summary>
    internal static string Commit()
    {
        ProcessStartInfo start = new("git", ["rev-parse", "--short", "HEAD"]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        try
        {
            using Process git = Process.Start(start)!;
            string answer = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? answer : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";       // no git here: the card says so
        }
    }
}
