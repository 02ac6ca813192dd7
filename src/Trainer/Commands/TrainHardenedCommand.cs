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

/// <summary>train hardened: a purifier trained on attacks through itself and the classifier behind it.</summary>
internal static class TrainHardenedCommand
{
    internal static Command Create()
    {
        Option<string> data = new("--data") { Description = $"The pictures, cut into tiles: {PictureSets.Forms}.", Required = true };
        Option<int?> resize = new("--resize") { Description = "Edge length for the pictures of subfolders (default: as they are)." };
        Option<int> count = new("--count") { Description = "Training pictures to render (solids only).", DefaultValueFactory = _ => 2000 };
        Option<string> classifierName = new("--classifier") { Description = "The classifier to defend: a shipped one by name, an exported .onnx or a .weights.safetensors. It stays as it is.", DefaultValueFactory = _ => "cifar10" };
        Option<int> patch = new("--patch") { Description = "Patch edge in pixels.", DefaultValueFactory = _ => 4 };
        patch.AcceptOnlyFromAmong("2", "4", "8");
        Option<string> output = new("--output") { Description = "What the net gives: a change of the picture; the picture anew; anew from the tokens alone, which nothing of the attacked one reaches past; anew from the mean of the tokens; or anew from a verdict of theirs, a number for each class.", DefaultValueFactory = _ => "change" };
        output.AcceptOnlyFromAmong("change", "picture", "tokens", "mean", "verdict");
        Option<string> stage = new("--stage") { Description = "encoder: the encoder alone, with a linear head on its tokens, at a third of the cost; decoder: what follows it alone, from an --init of that; whole: both.", DefaultValueFactory = _ => "whole" };
        stage.AcceptOnlyFromAmong("encoder", "decoder", "whole");
        Option<long> steps = new("--steps") { Description = "Steps of the run.", DefaultValueFactory = _ => 8000 };
        Option<int> batch = new("--batch") { Description = "Pictures a step.", DefaultValueFactory = _ => 128 };
        Option<double> rate = new("--lr") { Description = "Peak learning rate (warm-up, then cosine).", DefaultValueFactory = _ => 2e-3 };
        Option<double> decay = new("--weight-decay") { Description = "Decoupled weight decay.", DefaultValueFactory = _ => 0.05 };
        Option<string> eps = new("--eps") { Description = "Radius of the training attack.", DefaultValueFactory = _ => "8/255" };
        Option<int> attackSteps = new("--attack-steps") { Description = "Its steps: 1 is N-FGSM, more are PGD; 0, for --stage decoder alone, is noise within the radius.", DefaultValueFactory = _ => 1 };
        Option<string> stepSize = new("--step-size") { Description = "Length of one of several steps.", DefaultValueFactory = _ => "4/255" };
        Option<double> warmUp = new("--eps-warmup") { Description = "Share of the steps over which the radius grows from 0 to --eps.", DefaultValueFactory = _ => 0.5 };
        Option<double> pixel = new("--pixel-weight") { Description = "Weight of the L1 distance to the clean picture, in 8-bit levels.", DefaultValueFactory = _ => 0.002 };
        Option<double> cleanWeight = new("--clean-weight") { Description = "Share of the cross-entropy taken on clean pictures.", DefaultValueFactory = _ => 0.0 };
        Option<double> noise = new("--noise") { Description = "Noise before the purifier, drawn anew for each step: standard deviation in 8-bit levels (0: none). In use the model is then noise-S+NAME.", DefaultValueFactory = _ => 0 };
        Option<double> maskRatio = new("--mask-ratio") { Description = "Share of 8x8 blocks of the picture that are grey before the purifier sees it, drawn likewise (0: none). In use: mask-R+NAME.", DefaultValueFactory = _ => 0 };
        Option<int> shift = new("--shift") { Description = "Largest shift of a picture in pixels.", DefaultValueFactory = _ => 4 };
        Option<int> every = new("--evaluate-every") { Description = "Steps between two measurements.", DefaultValueFactory = _ => 500 };
        Option<long> stopAfter = new("--stop-after") { Description = "Stop after this step as if interrupted, for trials (0: no).", DefaultValueFactory = _ => 0 };
        Option<string?> init = new("--init") { Description = "Start from another purifier (named likewise), as far as names and shapes agree." };
        RunFlags run = new("maep-hardened");

        Command command = new("hardened", "Train a purifier on attacks made by the full gradient through itself and the frozen classifier behind it (adversarial training).")
        {
            data, resize, count, classifierName, patch, output, stage, steps, batch, rate, decay, eps, attackSteps, stepSize, warmUp, pixel, cleanWeight, noise, maskRatio, shift, every, stopAfter, init,
        };
        run.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Train(parsed, cancellation)));
        return command;

        int Train(ParseResult parsed, CancellationToken cancellation)
        {
            ScalarType compute = run.Prepare(parsed);
            bool isDecoder = parsed.GetValue(stage) == "decoder";
            int fewest = isDecoder ? 0 : 1;
            bool isPainter = isDecoder && parsed.GetValue(output) == "verdict";
            if (isPainter)
                Flags.Refuse(parsed, "is not for --stage decoder --output verdict: the decoder is taught on verdicts, and no picture is attacked", attackSteps, stepSize, warmUp, pixel, cleanWeight, noise, maskRatio);
            if (parsed.GetValue(attackSteps) < fewest)
                throw new UserErrorException(ExitCode.Usage, $"--attack-steps must be at least {fewest} in the stage '{parsed.GetValue(stage)}', found {parsed.GetValue(attackSteps)}.");
            if (parsed.GetValue(cleanWeight) is < 0 or >= 1)
                throw new UserErrorException(ExitCode.Usage, $"--clean-weight must be at least 0 and below 1, found {parsed.GetValue(cleanWeight)}.");
            if (parsed.GetValue(warmUp) is < 0 or > 1)
                throw new UserErrorException(ExitCode.Usage, $"--eps-warmup must be 0 to 1, found {parsed.GetValue(warmUp)}.");
            bool isEncoder = parsed.GetValue(stage) == "encoder";
            if (isEncoder)
                Flags.Refuse(parsed, "is for --stage whole: in the encoder's stage there is no purified picture", pixel, noise, maskRatio);
            if (isDecoder && parsed.GetValue(init) is null)
                throw new UserErrorException(ExitCode.Usage, "--stage decoder needs --init: the encoder that it leaves as it is.");
            RandomTransform? transform = Transform(parsed.GetValue(noise), parsed.GetValue(maskRatio));
            (IPictureSet train, IPictureSet test) = PictureSets.Open(parsed.GetValue(data)!, parsed.GetValue(count), run.Seed(parsed), parsed.GetValue(resize), cancellation);
            using ResNetClassifier classifier = OnnxNets.LoadClassifier(parsed.GetValue(classifierName)!, compute);
            PictureSets.MustFit(train, classifier.Architecture, parsed.GetValue(classifierName)!);

            float radius = Epsilon.Parse(parsed.GetValue(eps)!);
            TrainingAttack attack = new(radius, parsed.GetValue(attackSteps), Epsilon.Parse(parsed.GetValue(stepSize)!));
            HardenedRecipe recipe = new(parsed.GetValue(batch), attack, parsed.GetValue(warmUp), parsed.GetValue(pixel), parsed.GetValue(cleanWeight), parsed.GetValue(shift), parsed.GetValue(decay), run.Seed(parsed));
            Schedule schedule = new(parsed.GetValue(rate), parsed.GetValue(steps), Math.Max(1, parsed.GetValue(steps) / 20));
            PurifierArchitecture architecture = Shape(parsed.GetValue(patch), parsed.GetValue(output)!, train.Labels.Count);
            using PurifierNet net = PurifierTraining.Create(architecture, compute, parsed.GetValue(init));
            using ITrainedPart part = isDecoder ? TrainedParameters.Decoder((MaskedAutoencoderPurifier)net) : TrainedParameters.All(net);

            int probes = Math.Min(ProbeCount, test.Count);
            AdaptiveProbe probe = new(classifier, test, probes, new Pgd(radius, radius / 4, 10)) { Transform = transform };
            using TokenClassifier? tokens = isEncoder ? new((MaskedAutoencoderPurifier)net, train.Labels.Count) : null;
            using PurifierNetTask task = tokens is not null
                ? new EncoderHardeningTask((MaskedAutoencoderPurifier)net, tokens, train, test, probes, recipe)
                : isPainter
                    ? new PainterTask((MaskedAutoencoderPurifier)net, classifier, train, recipe, probe)
                    : new HardenedTask(net, classifier, train, recipe, probe) { Transform = transform };
            string recipeText = $"{PurifierKinds.Json(architecture)} {recipe} {schedule} classifier {Path.GetFileName(parsed.GetValue(classifierName))} {compute} init {parsed.GetValue(init) ?? "random"}{(transform is null ? "" : $" behind {transform.Name}")}{(parsed.GetValue(stage) == "whole" ? "" : $" {parsed.GetValue(stage)} only")}";
            RunOptions options = run.Options(parsed, recipeText, schedule, parsed.GetValue(every), emaDecay: 0.998) with { StopAfter = parsed.GetValue(stopAfter) };
            return PurifierTraining.Run(net, part, task, options, cancellation);
        }
    }

    private static PurifierArchitecture Shape(int patch, string output, int classes) => PurifierArchitecture.Convolutional(patch) with
    {
        Residual = output == "change",
        Bottleneck = output switch { "tokens" => Bottleneck.Tokens, "mean" => Bottleneck.Mean, "verdict" => Bottleneck.Verdict, _ => Bottleneck.None },
        Classes = output == "verdict" ? classes : 0,
    };

    private static RandomTransform? Transform(double noise, double missing)
    {
        if (!(noise is >= 0 and <= RandomTransform.MostNoise))
            throw new UserErrorException(ExitCode.Usage, $"--noise must be 0 to 255 levels, found {noise}.");
        if (missing != 0 && !(missing is >= RandomTransform.LeastMissing and <= RandomTransform.MostMissing))
            throw new UserErrorException(ExitCode.Usage, $"--mask-ratio must be 0, or from 0.01 to 0.99, found {missing}.");
        return noise == 0 && missing == 0 ? null : RandomTransform.Of(noise, missing);
    }

    /// <summary>Test pictures that the measurement during training looks at.</summary>
    private const int ProbeCount = 300;
}
