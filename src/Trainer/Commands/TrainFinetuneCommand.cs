using System.CommandLine;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using Realtime.Trainer.Training.Finetuning;
using Realtime.Trainer.Training.Losses;
using static TorchSharp.torch;

namespace Realtime.Trainer.Commands;

/// <summary>train finetune: a trained purifier goes on at r = 0, as it will be used, with LoRA on its decoder or by its own weights.</summary>
internal static class TrainFinetuneCommand
{
    private const int UsualRank = 8;
    private const double UsualAlpha = 16;

    internal static Command Create()
    {
        Option<string> init = new("--init") { Description = "The purifier to fine-tune: a shipped one by name, an exported .onnx or a .weights.safetensors.", Required = true };
        Option<string> method = new("--method") { Description = "lora (low-rank branches beside the frozen decoder's linear layers), decoder (the decoder's own weights) or full (all weights).", DefaultValueFactory = _ => "lora" };
        method.AcceptOnlyFromAmong("lora", "decoder", "full");
        Option<int?> rank = new("--rank") { Description = $"Rank of a low-rank branch. Default: {UsualRank}.", HelpName = "N" };
        Option<double?> alpha = new("--alpha") { Description = $"Scale of a low-rank branch in units of 1 / rank. Default: {UsualAlpha}.", HelpName = "A" };
        Option<string?> targets = new("--targets") { Description = $"Layers of a decoder block that get branches, separated by commas. Default: {string.Join(',', LowRankAdaptation.Targets)}." };
        PairFlags pairs = new(defaultSteps: 2000, defaultRate: 1e-4);
        RunFlags run = new("maep-finetuned");

        Command command = new("finetune", "Fine-tune a trained purifier on pairs with nothing masked; what it leaves is a plain purifier again.") { init, method, rank, alpha, targets };
        pairs.AddTo(command);
        run.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Train(parsed, cancellation)));
        return command;

        int Train(ParseResult parsed, CancellationToken cancellation)
        {
            ScalarType compute = run.Prepare(parsed);
            PurifierRecipe recipe = pairs.Recipe(parsed, maskRatio: 0, maskAnneal: 2, run.Seed(parsed));
            if (Path.GetFullPath(parsed.GetValue(init)!) == Path.GetFullPath(run.WeightsPath(parsed)))
                throw new UserErrorException(ExitCode.Usage, $"--name {parsed.GetValue(run.Name)}: the result would be written over --init. Give another --name.");
            using PurifierNet net = OnnxNets.LoadPurifier(parsed.GetValue(init)!, compute);
            // The frozen weights are not in the checkpoint: their hash in the recipe keeps a run from going on with others.
            string start = $"{Path.GetFileName(parsed.GetValue(init))} {WeightHash.Of(net)}";
            using ITrainedPart part = Part(parsed, net);
            Distance distance = pairs.DistanceOf(parsed);
            string recipeText = $"{PurifierKinds.Json(net.Architecture)} finetune {Describe(parsed)} {recipe} loss purify {distance.Name} {pairs.Schedule(parsed)} {pairs.Describe(parsed)} {compute} init {start}";
            RunOptions options = pairs.Options(parsed, run, recipeText);
            TrainingRun.CheckResume(options);

            using TrainingPairs training = pairs.Open(parsed, compute, run.Seed(parsed), net.Architecture.Size, cancellation);
            using PurifierTask task = new(net, training.Clean, training.Draws, recipe, training.Probe, new PurifyLoss(distance), part);
            Console.WriteLine($"{parsed.GetValue(method)}: {part.Parameters.Sum(p => p.Parameter.NumberOfElements):N0} parameters are trained");
            return PurifierTraining.Run(net, part, task, options, cancellation);
        }

        ITrainedPart Part(ParseResult parsed, PurifierNet net)
        {
            MaskedAutoencoderPurifier? maep = net as MaskedAutoencoderPurifier;
            if (maep is null && parsed.GetValue(method) != "full")
                throw new UserErrorException(ExitCode.Usage, $"--method {parsed.GetValue(method)} trains a masked autoencoder's decoder; {parsed.GetValue(init)} is of kind {net.Architecture.Kind}. Give --method full.");
            if (parsed.GetValue(method) == "lora")
                return new LowRankAdaptation(maep!, parsed.GetValue(rank) ?? UsualRank, parsed.GetValue(alpha) ?? UsualAlpha, Targets(parsed));
            Flags.Refuse(parsed, $"is for --method lora, not for --method {parsed.GetValue(method)}", rank, alpha, targets);
            return parsed.GetValue(method) == "decoder" ? TrainedParameters.Decoder(maep!) : TrainedParameters.All(net);
        }

        string Describe(ParseResult parsed) => parsed.GetValue(method) == "lora"
            ? FormattableString.Invariant($"lora rank {parsed.GetValue(rank) ?? UsualRank} alpha {parsed.GetValue(alpha) ?? UsualAlpha} on {string.Join(',', Targets(parsed))}")
            : parsed.GetValue(method)!;

        string[] Targets(ParseResult parsed) => parsed.GetValue(targets) is string list
            ? list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. LowRankAdaptation.Targets];
    }
}
