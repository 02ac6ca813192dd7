using System.CommandLine;
using System.Globalization;
using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Commands;

/// <summary>evaluate: accuracy of a classifier, with and without a purifier, clean and attacked, with every line saying what the attacker knew.</summary>
internal static class EvaluateCommand
{
    private const string Description = """
        Measure a classifier with and without a purifier: clean, under an attack that knows the classifier only (transfer), and under one that
        knows the purifier too (full gradient). Adversarial and purified pictures are rounded to 8 bits before the classifier decides. float32.
        """;

    internal static Command Create()
    {
        Option<string> data = new("--data") { Description = "Folder with CIFAR-10's binary files, or 'solids'.", Required = true };
        Option<string> classifier = new("--classifier") { Description = "A shipped classifier, an exported .onnx, or a .weights.safetensors.", DefaultValueFactory = _ => "cifar10" };
        Option<string[]> purifier = new("--purifier") { Description = "A purifier, named likewise; may be given several times.", DefaultValueFactory = _ => [] };
        Option<string> attack = new("--attack") { Description = $"One of {string.Join(", ", AttackFactory.Names)}.", DefaultValueFactory = _ => "pgd" };
        Option<string> eps = new("--eps") { Description = "Radius of the L-infinity ball.", DefaultValueFactory = _ => "8/255" };
        Option<int?> steps = new("--steps") { Description = "Steps of the attack (PGD: 20)." };
        Option<string?> stepSize = new("--step-size") { Description = "Length of a step (PGD: eps / 4)." };
        Option<int> count = new("--count") { Description = "Pictures for the clean and the transfer lines.", DefaultValueFactory = _ => 10000 };
        Option<int> full = new("--full-count") { Description = "Pictures for the full-gradient lines; 0 leaves them out.", DefaultValueFactory = _ => 1000 };
        Option<int> seed = new("--seed") { Description = "Seed of the random starts.", DefaultValueFactory = _ => 0 };
        Option<int> threads = new("--threads") { Description = "CPU threads (default: all cores).", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<string?> output = new("-o", "--output") { Description = "Also write the report as JSON." };
        Command command = new("evaluate", Description) { data, classifier, purifier, attack, eps, steps, stepSize, count, full, seed, threads, output };
        command.SetAction((parsed, cancellation) => Task.FromResult(Evaluate(parsed, cancellation)));
        return command;

        int Evaluate(ParseResult parsed, CancellationToken cancellation)
        {
            float? size = parsed.GetValue(stepSize) is string text ? Epsilon.Parse(text) : null;
            IAttack chosen = AttackFactory.Create(parsed.GetValue(attack)!, Epsilon.Parse(parsed.GetValue(eps)!), parsed.GetValue(steps), size);
            if (parsed.GetValue(count) < 1)
                throw new UserErrorException(ExitCode.Usage, $"--count must be at least 1, found {parsed.GetValue(count)}.");
            set_num_threads(parsed.GetValue(threads));
            using ResNetClassifier net = OnnxNets.LoadClassifier(parsed.GetValue(classifier)!, ScalarType.Float32);
            (string Name, MaskedAutoencoderPurifier Net)[] purifiers = [.. parsed.GetValue(purifier)!.Select(p => (Path.GetFileName(p), OnnxNets.LoadPurifier(p, ScalarType.Float32)))];
            IPictureSet test = PictureSets.OpenTest(parsed.GetValue(data)!);
            if (test.Size != net.Architecture.Size || test.Labels.Count != net.Architecture.Classes)
                throw new UserErrorException(ExitCode.Usage, $"{test.Name} has {test.Size}-pixel pictures of {test.Labels.Count} classes, the classifier takes {net.Architecture.Size} pixels and knows {net.Architecture.Classes}.");
            foreach ((string name, MaskedAutoencoderPurifier p) in purifiers)
            {
                if (test.Size % p.Architecture.Size != 0)
                    throw new UserErrorException(ExitCode.Usage, $"{name} purifies {p.Architecture.Size}-pixel tiles, {test.Name} has {test.Size}-pixel pictures: no whole number of tiles.");
            }

            int n = Math.Min(parsed.GetValue(count), test.Count);
            int fullCount = Math.Min(parsed.GetValue(full), test.Count);
            Evaluator evaluator = new(test, net.call, Progress, cancellation);
            List<(string, Func<Tensor, Tensor>?)> defences = [("none", null), .. purifiers.Select(p => (p.Name, (Func<Tensor, Tensor>?)(x => p.Net.Purify(x))))];
            List<EvaluationRow> rows = [];
            rows.AddRange(evaluator.Measure(n, null, net.call, "-", defences, parsed.GetValue(seed)));
            rows.AddRange(evaluator.Measure(n, chosen, net.call, "classifier", defences, parsed.GetValue(seed)));
            foreach ((string name, MaskedAutoencoderPurifier p) in fullCount > 0 ? purifiers : [])
            {
                // The attacker's graph leaves the clamp out: its gradient is zero where a pixel saturates, which would only hinder the attack.
                rows.AddRange(evaluator.Measure(fullCount, chosen, x => net.call(p.Purify(x)), "classifier and purifier", [(name, x => p.Purify(x))], parsed.GetValue(seed)));
            }

            if (!Console.IsErrorRedirected)
                Console.Error.Write("\r" + new string(' ', 90) + "\r");
            EvaluationReport report = new(CommandLine(parsed), test.Name, parsed.GetValue(classifier)!, parsed.GetValue(seed), rows);
            Console.Write(report.ToTable());
            if (parsed.GetValue(output) is string path)
            {
                report.Write(path);
                Console.WriteLine($"report: {path}");
            }

            foreach ((_, MaskedAutoencoderPurifier p) in purifiers)
                p.Dispose();
            return 0;
        }
    }

    private static string CommandLine(ParseResult parsed) => "./realtime " + string.Join(' ', parsed.Tokens.Select(t => t.Value));

    private static void Progress(int done, int count, string what)
    {
        if (!Console.IsErrorRedirected)
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{what}  {done}/{count}   "));
    }
}
