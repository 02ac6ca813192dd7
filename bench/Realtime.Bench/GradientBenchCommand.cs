using System.CommandLine;
using System.Diagnostics;
using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Bench;

/// <summary><c>bench gradient</c>: what an attack pays for a gradient on ONNX Runtime, against torch on the same cores in the same run.</summary>
internal static class GradientBenchCommand
{
    public static Command Create()
    {
        Option<string> classifier = new("--classifier") { Description = "The classifier.", HelpName = "MODEL", DefaultValueFactory = _ => "cifar10" };
        Option<string[]> purifiers = new("--purifier") { Description = "Purifiers before it; may be given several times. It is measured alone too.", HelpName = "MODEL", DefaultValueFactory = _ => ["maep-patch4", "maep-patch2"] };
        Option<int[]> batches = new("--batch") { Description = "Pictures an evaluation; may be given several times.", HelpName = "N", DefaultValueFactory = _ => [16, 50, 100] };
        Option<int> rounds = new("--rounds") { Description = "Turns of each; the best counts.", HelpName = "N", DefaultValueFactory = _ => 5 };
        Option<int> threads = new("--threads") { Description = "CPU cores.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<bool> noTorch = new("--no-torch") { Description = "Leave torch out." };
        Command command = new("gradient", "Times gradients through a classifier, and through purifiers and the classifier, on ONNX Runtime and on torch.") { classifier, purifiers, batches, rounds, threads, noTorch };
        command.SetAction(parsed =>
        {
            try
            {
                set_num_threads(parsed.GetValue(threads));
                Console.Out.WriteLine("victim                    batch   onnx/s  torch/s  ratio   onnx: margin/cross-entropy  logits/cross-entropy");
                foreach (string? purifier in (string?[])[null, .. parsed.GetValue(purifiers)!])
                    Print(purifier, parsed.GetValue(classifier)!, parsed.GetValue(batches)!, parsed.GetValue(rounds), parsed.GetValue(threads), !parsed.GetValue(noTorch));
                return 0;
            }
            catch (UserErrorException error)
            {
                Console.Error.WriteLine($"realtime: {error.Message}");
                return (int)error.ExitCode;
            }
        });
        return command;
    }

    private static void Print(string? purifier, string classifier, int[] batches, int rounds, int threads, bool withTorch)
    {
        using OnnxGradient onnx = DefendedGradient.Open(purifier, classifier, threads);
        using ResNetClassifier net = OnnxNets.LoadClassifier(classifier, ScalarType.Float32);
        using PurifierNet? before = purifier is null ? null : OnnxNets.LoadPurifier(purifier, ScalarType.Float32);
        TorchGradient torch = new(x => net.call(before?.Purify(x) ?? x), onnx.Width, onnx.Classes);
        foreach (int batch in batches)
        {
            Random random = new(1);
            float[] pictures = [.. Enumerable.Range(0, batch * onnx.PictureLength).Select(_ => random.NextSingle())];
            long[] labels = [.. Enumerable.Range(0, batch).Select(n => (long)n % onnx.Classes)];
            float[] logits = new float[batch * onnx.Classes], losses = new float[batch], gradient = new float[pictures.Length];
            CrossEntropyLoss crossEntropy = new(labels);
            MarginLoss margin = new(labels);

            // Taken in turns, and the best of each: what the machine does beside this hits all alike.
            Action[] work =
            [
                () => onnx.Evaluate(pictures, crossEntropy, logits, losses, gradient),
                () => onnx.Evaluate(pictures, margin, logits, losses, gradient),
                () => onnx.Predict(pictures, logits),
                .. withTorch ? (Action[])[() => torch.Evaluate(pictures, crossEntropy, logits, losses, gradient)] : [],
            ];
            double[] best = [.. work.Select(_ => double.MaxValue)];
            foreach (Action action in work)
                action();
            for (int round = 0; round < rounds; round++)
            {
                for (int i = 0; i < work.Length; i++)
                {
                    long begin = Stopwatch.GetTimestamp();
                    work[i]();
                    best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(begin).TotalSeconds);
                }
            }

            string name = purifier is null ? classifier : $"{purifier} + {classifier}";
            string against = withTorch ? FormattableString.Invariant($"{batch / best[3],7:0.0}  {best[3] / best[0],5:0.00}") : "      -      -";
            Console.Out.WriteLine(FormattableString.Invariant($"{name,-24}  {batch,5}  {batch / best[0],7:0.0}  {against}   {best[1] / best[0],26:0.00}  {best[2] / best[0],20:0.00}"));
        }
    }
}
