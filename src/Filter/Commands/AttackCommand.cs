using System.CommandLine;
using Realtime.Filter.Attacks;
using Realtime.Filter.Video;

namespace Realtime.Filter.Commands;

/// <summary><c>attack</c>: the command line of <see cref="AttackRun"/>.</summary>
internal static class AttackCommand
{
    public static Command Create()
    {
        Option<string> input = new("-i", "--input") { Description = "Video, picture, folder of pictures, 'solids:' (the synthetic scene) or '-' (y4m on stdin).", HelpName = "IN", Required = true };
        Option<string> output = new("-o", "--output") { Description = "Where to write, without loss by default: .mkv or .nut (FFV1), .mp4 (RGB H.264), .png.", HelpName = "OUT", Required = true };
        Option<string> attack = new("--attack") { Description = $"One of {string.Join(", ", AttackFactory.Names)}; L-infinity, untargeted.", HelpName = "NAME", DefaultValueFactory = _ => "pgd" };
        Option<string> epsilon = new("--eps") { Description = "Radius of the ball around every pixel value, as 8/255 or 0.03.", HelpName = "E", DefaultValueFactory = _ => "8/255" };
        Option<int?> steps = new("--steps") { Description = "Gradients a picture, queries for square. Default: pgd and pgd-cw 20, bim and the -fgsm family 10, apgd and fab-t 100 (a target for those ending in -t), square 5000.", HelpName = "N" };
        Option<string?> stepSize = new("--step-size") { Description = "Length of a step, as 2/255. Default: pgd, pgd-cw and bim eps/4 or more, the -fgsm family eps/steps; the others choose their own.", HelpName = "A" };
        Option<int?> restarts = new("--restarts") { Description = "Independent random starts of pgd, pgd-cw, apgd-ce, apgd-dlr and fab-t; the best one counts. Default: 1.", HelpName = "N" };
        Option<string> classifier = new("--classifier") { Description = "The victim: a shipped classifier by name or an ONNX file.", HelpName = "NAME", Required = true };
        Option<string> label = new("--label") { Description = "The class to lead away from: auto (the true class where the input knows it, else what the classifier says of the clean frame), a class name or index.", HelpName = "auto|NAME|INDEX", DefaultValueFactory = _ => "auto" };
        Option<int> seed = new("--seed") { Description = "Of the random starts; the same seed gives the same file.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<long?> frames = new("--frames") { Description = "Stop after so many frames.", HelpName = "N" };
        Option<int?> threads = new("--threads") { Description = "Frames attacked at once. Default: one a core.", HelpName = "N" };
        Option<string?> codec = new("--codec") { Description = "Video encoder, as ffmpeg names it. A lossy one takes pixels out of the ball; the program then says by how much.", HelpName = "NAME" };
        Option<int?> crf = new("--crf") { Description = "Constant quality of a lossy encoder.", HelpName = "Q" };
        Option<string[]> encoderOption = new("-e") { Description = "An option for the encoder, key=value; may be repeated.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
        Option<bool> overwrite = new("--overwrite", "-y") { Description = "Replace the output if it exists." };

        frames.RequireAtLeast(1);
        threads.RequireAtLeast(1);
        encoderOption.RequireKeyAndValue();

        Command command = new("attack", "Perturbs the frames of a video so that a classifier errs. Pixels stay within eps after rounding to 8 bits; the written file is read back to prove it.")
        {
            input, output, attack, epsilon, steps, stepSize, restarts, classifier, label, seed, frames, threads, codec, crf, encoderOption, overwrite,
        };
        ReportingOptions reporting = new(command);
        command.SetAction((parsed, cancellation) =>
        {
            AttackSettings settings = new()
            {
                Input = parsed.GetValue(input)!,
                Output = parsed.GetValue(output)!,
                Attack = parsed.GetValue(attack)!,
                Epsilon = Epsilon.Parse(parsed.GetValue(epsilon)!),
                Steps = parsed.GetValue(steps),
                StepSize = parsed.GetValue(stepSize) is string size ? Epsilon.Parse(size) : null,
                Restarts = parsed.GetValue(restarts),
                Classifier = parsed.GetValue(classifier)!,
                Label = parsed.GetValue(label)!,
                Seed = parsed.GetValue(seed),
                Frames = parsed.GetValue(frames) ?? long.MaxValue,
                Threads = parsed.GetValue(threads),
                Overwrite = parsed.GetValue(overwrite),
                Progress = reporting.Progress(parsed),
                LogLevel = reporting.LogLevel(parsed),
                Sink = new SinkOptions
                {
                    Codec = parsed.GetValue(codec),
                    Quality = parsed.GetValue(crf),
                    EncoderOptions = parsed.GetValue(encoderOption)!,
                },
            };
            return Task.FromResult((int)new AttackRun(settings).Execute(cancellation));
        });
        return command;
    }
}
