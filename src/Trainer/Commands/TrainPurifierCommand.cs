using System.CommandLine;
using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using static TorchSharp.torch;

namespace Realtime.Trainer.Commands;

/// <summary>train purifier: a purifier of any kind on pairs of clean and attacked pictures.</summary>
internal static class TrainPurifierCommand
{
    internal static Command Create()
    {
        Option<string> data = new("--data") { Description = $"The pictures, cut into tiles: {PictureSets.Forms}.", Required = true };
        Option<int?> resize = new("--resize") { Description = "Edge length for the pictures of subfolders (default: as they are)." };
        Option<string> surrogate = new("--surrogate") { Description = "The classifier that the pairs are made on: a shipped one by name (cifar10, solids), an exported .onnx or a .weights.safetensors.", Required = true };
        PurifierFlags net = new();
        Option<long> steps = new("--steps") { Description = "Steps of the run.", DefaultValueFactory = _ => 8000 };
        Option<int> batch = new("--batch") { Description = "Pairs a step.", DefaultValueFactory = _ => 128 };
        Option<double> rate = new("--lr") { Description = "Peak learning rate (warm-up, then cosine).", DefaultValueFactory = _ => 2e-3 };
        Option<double> decay = new("--weight-decay") { Description = "Decoupled weight decay.", DefaultValueFactory = _ => 0.05 };
        Option<double> ratio = new("--mask-ratio") { Description = "Share r of masked patches at the start.", DefaultValueFactory = _ => 0.0 };
        Option<double> anneal = new("--mask-anneal") { Description = "Share of the steps after which r is 0; 2 keeps r throughout.", DefaultValueFactory = _ => 0.5 };
        Option<double> feature = new("--feature-weight") { Description = "Weight of the perceptual loss on the surrogate's features; 0 is the paper's loss.", DefaultValueFactory = _ => 0.0 };
        Option<double> logit = new("--logit-weight") { Description = "Weight of the divergence between the surrogate's answers to purified and clean pictures.", DefaultValueFactory = _ => 0.0 };
        Option<int> count = new("--count") { Description = "Training pictures to render (solids only).", DefaultValueFactory = _ => 2000 };
        Option<double> cleanShare = new("--clean-share") { Description = "Share of pictures given clean.", DefaultValueFactory = _ => 0.0 };
        Option<int> shift = new("--shift") { Description = "Largest shift of both pictures in pixels.", DefaultValueFactory = _ => 2 };
        Option<string> eps = new("--eps") { Description = "Radius of the attack that makes the pairs.", DefaultValueFactory = _ => "8/255" };
        Option<string> stepSize = new("--step-size") { Description = "Its step.", DefaultValueFactory = _ => "2/255" };
        Option<int> attackSteps = new("--attack-steps") { Description = "Its number of steps.", DefaultValueFactory = _ => 10 };
        Option<int> draws = new("--draws") { Description = "How many times every picture is attacked, with fresh random starts.", DefaultValueFactory = _ => 1 };
        Option<string> pairs = new("--pairs") { Description = "Folder that keeps the pairs.", DefaultValueFactory = _ => Path.Combine("out", "pairs") };
        Option<int> every = new("--evaluate-every") { Description = "Steps between two measurements.", DefaultValueFactory = _ => 500 };
        Option<long> stopAfter = new("--stop-after") { Description = "Stop after this step as if interrupted, for trials (0: no).", DefaultValueFactory = _ => 0 };
        Option<string?> init = new("--init") { Description = "Start from another purifier (named likewise), as far as names and shapes agree." };
        RunFlags run = new("maep-patch4");

        Command command = new("purifier", "Train a purifier on pairs made by PGD on a surrogate classifier.")
        {
            data, resize, surrogate, steps, batch, rate, decay, ratio, anneal, feature, logit, count, cleanShare, shift, eps, stepSize, attackSteps, draws, pairs, every, stopAfter, init,
        };
        net.AddTo(command);
        run.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Train(parsed, cancellation)));
        return command;

        int Train(ParseResult parsed, CancellationToken cancellation)
        {
            ScalarType compute = run.Prepare(parsed);
            if (parsed.GetValue(ratio) is < 0 or >= 1)
                throw new UserErrorException(ExitCode.Usage, $"--mask-ratio must be at least 0 and below 1, found {parsed.GetValue(ratio)}.");
            IPurifierArchitecture architecture = net.Architecture(parsed, ofMaep: [ratio, anneal], notOfImpure: [feature, logit]);
            (IPictureSet train, IPictureSet test) = PictureSets.Open(parsed.GetValue(data)!, parsed.GetValue(count), run.Seed(parsed), parsed.GetValue(resize));
            string surrogatePath = parsed.GetValue(surrogate)!;
            using ResNetClassifier classifier = OnnxNets.LoadClassifier(surrogatePath, compute);
            string surrogateName = Path.GetFileName(surrogatePath).Replace(Weights.Ending, "", StringComparison.Ordinal).Replace(".onnx", "", StringComparison.Ordinal);

            float radius = Epsilon.Parse(parsed.GetValue(eps)!);
            Pgd attack = new(radius, Epsilon.Parse(parsed.GetValue(stepSize)!), parsed.GetValue(attackSteps));
            string folder = parsed.GetValue(pairs)!;
            PairSet[] sets = [.. Enumerable.Range(0, parsed.GetValue(draws)).Select(i =>
                PairSet.Open(train, train.Count, attack, classifier, surrogateName, folder, run.Seed(parsed) + i, cancellation))];
            PairSet testPairs = PairSet.Open(test, ProbeCount, new Pgd(radius, Epsilon.Parse(parsed.GetValue(stepSize)!), 20), classifier, surrogateName, folder, 1000, cancellation);

            Schedule schedule = new(parsed.GetValue(rate), parsed.GetValue(steps), Math.Max(1, parsed.GetValue(steps) / 20));
            TransferProbe probe = new(classifier, test, testPairs);
            using PurifierNet purifier = PurifierTraining.Create(architecture, compute, parsed.GetValue(init));
            if (purifier is ImpurePurifier impure)
            {
                ImpureRecipe settings = new(parsed.GetValue(batch), net.Combination(parsed), parsed.GetValue(cleanShare), parsed.GetValue(shift), parsed.GetValue(decay), run.Seed(parsed));
                using ImpureTask own = new(impure, classifier, train, sets, settings, probe);
                return Run(own, settings);
            }

            PurifierRecipe recipe = new(parsed.GetValue(batch), parsed.GetValue(ratio), parsed.GetValue(anneal), parsed.GetValue(feature), parsed.GetValue(logit), parsed.GetValue(cleanShare), parsed.GetValue(shift), parsed.GetValue(decay), run.Seed(parsed));
            using PurifierTask task = new(purifier, classifier, train, sets, recipe, probe);
            return Run(task, recipe);

            int Run(ITrainingTask task, object settings)
            {
                string recipeText = $"{PurifierKinds.Json(architecture)} {settings} {schedule} pairs {attack.Name} x{sets.Length} on {surrogateName} {compute} init {parsed.GetValue(init) ?? "random"}";
                RunOptions options = run.Options(parsed, recipeText, schedule, parsed.GetValue(every), emaDecay: 0.998) with { StopAfter = parsed.GetValue(stopAfter) };
                return PurifierTraining.Run(purifier, task, options, cancellation);
            }
        }
    }

    /// <summary>Test pictures that the measurement during training looks at.</summary>
    private const int ProbeCount = 500;
}
