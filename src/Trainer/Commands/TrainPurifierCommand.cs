using System.CommandLine;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using Realtime.Trainer.Training.Finetuning;
using Realtime.Trainer.Training.Losses;
using static TorchSharp.torch;

namespace Realtime.Trainer.Commands;

/// <summary>train purifier: MAEP, DISCO or IMPure on pairs of clean and attacked pictures.</summary>
internal static class TrainPurifierCommand
{
    internal static Command Create()
    {
        Option<string?> init = new("--init") { Description = "Start from another purifier (named likewise), as far as names and shapes agree." };
        PurifierFlags shape = new();
        LossFlags losses = new();
        PairFlags pairs = new(defaultSteps: 8000, defaultRate: 2e-3);
        RunFlags run = new("maep-patch4");

        Command command = new("purifier", "Train a purifier on pairs made by PGD on a surrogate classifier, or on several.") { init };
        shape.AddTo(command);
        losses.AddTo(command);
        pairs.AddTo(command);
        run.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Train(parsed, cancellation)));
        return command;

        int Train(ParseResult parsed, CancellationToken cancellation)
        {
            ScalarType compute = run.Prepare(parsed);
            IPurifierArchitecture architecture = shape.Architecture(parsed, ofMaep: losses.Masks, notOfImpure: [.. losses.Designs, .. pairs.Losses]);
            PurifierRecipe recipe = pairs.Recipe(parsed, losses.MaskRatio(parsed), losses.MaskAnneal(parsed), run.Seed(parsed));
            losses.Check(parsed, recipe, architecture);
            Distance distance = pairs.DistanceOf(parsed);
            ImpureRecipe? impure = architecture is ImpureArchitecture
                ? new(recipe.BatchSize, shape.Combination(parsed), shape.PerceptualWeight(parsed), recipe.CleanShare, recipe.Shift, recipe.WeightDecay, recipe.Seed)
                : null;
            string learned = impure?.ToString() ?? $"{recipe} loss {losses.Describe(parsed)} {distance.Name}";
            string recipeText = $"{PurifierKinds.Json(architecture)} {learned} {pairs.Schedule(parsed)} {pairs.Describe(parsed)} {compute} init {parsed.GetValue(init) ?? "random"}";
            RunOptions options = pairs.Options(parsed, run, recipeText);
            TrainingRun.CheckResume(options);

            using TrainingPairs training = pairs.Open(parsed, compute, run.Seed(parsed), architecture.Size, cancellation);
            using PurifierNet net = PurifierTraining.Create(architecture, compute, parsed.GetValue(init));
            using ITrainedPart whole = TrainedParameters.All(net);
            if (impure is not null)
            {
                using ImpureTask regions = new((ImpurePurifier)net, training.Clean, training.Draws, impure, training.Probe);
                return PurifierTraining.Run(net, whole, regions, options, cancellation);
            }

            using PurifierTask task = new(net, training.Clean, training.Draws, recipe, training.Probe, losses.Create(parsed, distance, net), whole);
            return PurifierTraining.Run(net, whole, task, options, cancellation);
        }
    }
}
