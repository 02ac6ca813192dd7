using System.CommandLine;
using Realtime.Filter.Attacks;
using Realtime.Filter.Defences;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using Realtime.Trainer.Training.Finetuning;
using static TorchSharp.torch;

namespace Realtime.Trainer.Commands;

/// <summary>train atop: a trained purifier, fine-tuned behind a random transform with the frozen classifier's loss.</summary>
internal static class TrainAtopCommand
{
    /// <summary>Test pictures that the measurement during training looks at.</summary>
    private const int ProbeCount = 300;

    internal static Command Create()
    {
        Option<string> data = new("--data") { Description = $"The pictures, cut into tiles: {PictureSets.Forms}.", Required = true };
        Option<int?> resize = new("--resize") { Description = "Edge length for the pictures of subfolders (default: as they are)." };
        Option<int> count = new("--count") { Description = "Training pictures to render (solids only).", DefaultValueFactory = _ => 2000 };
        Option<string> classifierName = new("--classifier") { Description = "The classifier to defend: a shipped one by name, an exported .onnx or a .weights.safetensors. It stays as it is.", DefaultValueFactory = _ => "cifar10" };
        Option<string> init = new("--init") { Description = "The purifier to fine-tune, named likewise.", DefaultValueFactory = _ => "maep-patch4" };
        Option<string> transform = new("--transform") { Description = "rt1 (blocks missing), rt2 (noise, then blocks missing) or rt3 (every block painted anew, from four noisy copies).", DefaultValueFactory = _ => "rt2" };
        transform.AcceptOnlyFromAmong("rt1", "rt2", "rt3");
        Option<string> attackName = new("--attack") { Description = "What the training pictures are attacked with: fgsm (the paper), pgd or none.", DefaultValueFactory = _ => "fgsm" };
        attackName.AcceptOnlyFromAmong("fgsm", "pgd", "none");
        Option<bool> full = new("--full-gradient") { Description = "Attack through transform, purifier and classifier as they stand; the paper attacks the classifier alone." };
        Option<string> eps = new("--eps") { Description = "Radius of the attack.", DefaultValueFactory = _ => "8/255" };
        Option<int> attackSteps = new("--attack-steps") { Description = "Steps of pgd.", DefaultValueFactory = _ => 10 };
        Option<string> stepSize = new("--step-size") { Description = "Length of a step of pgd.", DefaultValueFactory = _ => "2/255" };
        Option<double> weight = new("--weight") { Description = "Weight of the classifier's cross-entropy beside the L1 distance on [-1, 1].", DefaultValueFactory = _ => 0.1 };
        Option<string> target = new("--target") { Description = "What the L1 distance is taken to: the attacked picture (the paper's Eq. 9) or the clean one.", DefaultValueFactory = _ => "attacked" };
        target.AcceptOnlyFromAmong("attacked", "clean");
        Option<long> steps = new("--steps") { Description = "Steps of the run.", DefaultValueFactory = _ => 4000 };
        Option<int> batch = new("--batch") { Description = "Pictures a step.", DefaultValueFactory = _ => 128 };
        Option<double> rate = new("--lr") { Description = "Peak learning rate (warm-up, then cosine).", DefaultValueFactory = _ => 1e-3 };
        Option<double> decay = new("--weight-decay") { Description = "Decoupled weight decay.", DefaultValueFactory = _ => 0.05 };
        Option<int> shift = new("--shift") { Description = "Largest shift of a picture in pixels.", DefaultValueFactory = _ => 4 };
        Option<int> every = new("--evaluate-every") { Description = "Steps between two measurements.", DefaultValueFactory = _ => 500 };
        Option<long> stopAfter = new("--stop-after") { Description = "Stop after this step as if interrupted, for trials (0: no).", DefaultValueFactory = _ => 0 };
        RunFlags run = new("atop-patch4");

        Command command = new("atop", "Fine-tune a purifier behind a random transform, on attacked pictures, with the frozen classifier's loss (AToP).")
        {
            data, resize, count, classifierName, init, transform, attackName, full, eps, attackSteps, stepSize, weight, target, steps, batch, rate, decay, shift, every, stopAfter,
        };
        run.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Train(parsed, cancellation)));
        return command;

        int Train(ParseResult parsed, CancellationToken cancellation)
        {
            ScalarType compute = run.Prepare(parsed);
            if (!(parsed.GetValue(weight) is >= 0 and < double.PositiveInfinity))
                throw Usage($"--weight must be at least 0, found {parsed.GetValue(weight)}");
            float radius = Epsilon.Parse(parsed.GetValue(eps)!);
            IAttack? attack = Attack(parsed.GetValue(attackName)!, radius, Epsilon.Parse(parsed.GetValue(stepSize)!), parsed.GetValue(attackSteps));
            if (attack is null && parsed.GetValue(full))
                throw Usage("--full-gradient says how to attack; it does not go with --attack none");
            using ResNetClassifier classifier = OnnxNets.LoadClassifier(parsed.GetValue(classifierName)!, compute);
            using PurifierNet net = PurifierTraining.Create(compute, parsed.GetValue(init)!);
            (IPictureSet train, IPictureSet test) = PictureSets.Open(parsed.GetValue(data)!, parsed.GetValue(count), run.Seed(parsed), parsed.GetValue(resize), cancellation);
            if (parsed.GetValue(batch) < 1 || parsed.GetValue(batch) > train.Count)
                throw Usage($"--batch must be 1 to {train.Count}, the training pictures; found {parsed.GetValue(batch)}");
            PictureSets.MustFit(train, classifier.Architecture, parsed.GetValue(classifierName)!);
            if (train.Size % net.Architecture.Size != 0)
                throw Usage($"{train.Name} has pictures of {train.Size} pixels, the purifier '{parsed.GetValue(init)}' takes tiles of {net.Architecture.Size}, and that is no whole number of them");

            RandomTransform drawn = new[] { RandomTransform.Rt1, RandomTransform.Rt2, RandomTransform.Rt3 }.Single(known => known.Name == parsed.GetValue(transform));
            AtopRecipe recipe = new(
                parsed.GetValue(batch), drawn, parsed.GetValue(weight), parsed.GetValue(target) == "clean", parsed.GetValue(full), parsed.GetValue(shift), parsed.GetValue(decay), run.Seed(parsed));
            Schedule schedule = new(parsed.GetValue(rate), parsed.GetValue(steps), Math.Max(1, parsed.GetValue(steps) / 20));
            AdaptiveProbe probe = new(classifier, test, Math.Min(ProbeCount, test.Count), new Pgd(radius, radius / 4, 10)) { Transform = drawn };
            using AtopTask task = new(net, classifier, train, attack, recipe, probe);
            string recipeText = $"{PurifierKinds.Json(net.Architecture)} {recipe} {schedule} attack {attack?.Name ?? "none"} classifier {Path.GetFileName(parsed.GetValue(classifierName))} {compute} init {parsed.GetValue(init)}";
            RunOptions options = run.Options(parsed, recipeText, schedule, parsed.GetValue(every), emaDecay: 0.998) with { StopAfter = parsed.GetValue(stopAfter) };
            using ITrainedPart whole = TrainedParameters.All(net);
            return PurifierTraining.Run(net, whole, task, options, cancellation);
        }
    }

    private static IAttack? Attack(string name, float radius, float stepSize, int steps)
    {
        if (name == "none")
            return null;
        if (radius == 0)
            throw Usage("--eps must be above 0; --attack none leaves the pictures as they are");
        if (name == "fgsm")
            return new Fgsm(radius);
        if (steps < 1)
            throw Usage($"--attack-steps must be at least 1, found {steps}");
        return stepSize > 0 ? new Pgd(radius, stepSize, steps) : throw Usage("--step-size must be above 0");
    }

    private static UserErrorException Usage(string message) => new(ExitCode.Usage, message + ".");
}
