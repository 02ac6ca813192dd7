using System.CommandLine;
using System.Text.Json;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using Realtime.Trainer.Training.Losses;
using static TorchSharp.torch;

namespace Realtime.Trainer.Commands;

/// <summary>train purifier: MAEP on pairs of clean and attacked pictures.</summary>
internal static class TrainPurifierCommand
{
    internal static Command Create()
    {
        Option<string> model = new("--model") { Description = "maep (the paper's plain model) or maep-conv (convolutional stem and head, residual).", DefaultValueFactory = _ => "maep-conv" };
        model.AcceptOnlyFromAmong("maep", "maep-conv");
        Option<int> patch = new("--patch") { Description = "Patch edge in pixels.", DefaultValueFactory = _ => 4 };
        patch.AcceptOnlyFromAmong("2", "4", "8");
        Option<string?> init = new("--init") { Description = "Start from another purifier (named likewise), as far as names and shapes agree." };
        LossFlags losses = new();
        PairFlags pairs = new(defaultSteps: 8000, defaultRate: 2e-3);
        RunFlags run = new("maep-patch4");

        Command command = new("purifier", "Train a masked-autoencoder purifier on pairs made by PGD on a surrogate classifier.") { model, patch, init };
        losses.AddTo(command);
        pairs.AddTo(command);
        run.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Train(parsed, cancellation)));
        return command;

        int Train(ParseResult parsed, CancellationToken cancellation)
        {
            ScalarType compute = run.Prepare(parsed);
            PurifierArchitecture architecture = parsed.GetValue(model) == "maep" ? PurifierArchitecture.Plain(parsed.GetValue(patch)) : PurifierArchitecture.Convolutional(parsed.GetValue(patch));
            PurifierRecipe recipe = pairs.Recipe(parsed, losses.MaskRatio(parsed), losses.MaskAnneal(parsed), run.Seed(parsed));
            losses.Check(parsed, recipe, architecture.Tokens);
            Distance distance = pairs.DistanceOf(parsed);
            string recipeText = $"{JsonSerializer.Serialize(architecture)} {recipe} loss {losses.Describe(parsed)} {distance.Name} {pairs.Schedule(parsed)} {pairs.Describe(parsed)} {compute} init {parsed.GetValue(init) ?? "random"}";
            RunOptions options = pairs.Options(parsed, run, recipeText);
            TrainingRun.CheckResume(options);

            using TrainingPairs training = pairs.Open(parsed, compute, run.Seed(parsed), architecture.Size, cancellation);
            using MaskedAutoencoderPurifier net = PurifierTraining.Create(architecture, compute, parsed.GetValue(init));
            IPurifierLoss loss = losses.Create(parsed, distance, net);
            using PurifierTask task = new(net, training.Surrogate, training.Clean, training.Draws, recipe, training.Probe, loss);
            return PurifierTraining.Run(net, task, options, cancellation);
        }
    }
}
