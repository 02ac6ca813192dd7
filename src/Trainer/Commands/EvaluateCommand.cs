using System.CommandLine;
using Realtime.Filter.Attacks;
using Realtime.Filter.Commands;
using Realtime.Filter.Corruptions;
using Realtime.Filter.Errors;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Evaluation.Suites;

namespace Realtime.Trainer.Commands;

/// <summary>evaluate: the seven columns that critics of purification ask for, of a classifier behind any number of defences.</summary>
internal static class EvaluateCommand
{
    private const string Description = """
        Measure a classifier with and without defences in the seven columns that critics of purification ask for: attacks that do not know the
        defence (transfer, non-adaptive), attacks that do (BPDA, full gradient, EOT, queries), and the worst case of them for each picture.
        Attacked and defended pictures are rounded to 8 bits. The folder of -o keeps what is measured: the same command goes on after an
        interruption. docs/evaluation.md tells all of it.
        """;

    internal static Command Create()
    {
        Option<string> data = new("--data") { Description = "Folder with CIFAR-10's binary files, or with a subfolder of pictures for each class, or 'solids'." };
        Option<int?> resize = new("--resize") { Description = "Bring the pictures of subfolders to S x S pixels.", HelpName = "S" };
        Option<string> classifier = new("--classifier") { Description = "A shipped classifier or an .onnx.", HelpName = "NAME", DefaultValueFactory = _ => "cifar10" };
        Option<string[]> purifier = new("--purifier") { Description = "A shipped purifier, an .onnx, a baseline (jpeg-75, median-3, bits-4, blur-0.6, with other numbers too, resize-pad), a random transform (noise-8, mask-0.25, rt1, rt2, rt3+PURIFIER), or a chain of them (noise-8+maep-patch4). Several times for several.", HelpName = "NAME", DefaultValueFactory = _ => [] };
        Option<string?> surrogate = new("--surrogate") { Description = "Whose attacked pictures column (g) carries over. Default: another shipped purifier for the same classifier.", HelpName = "NAME" };
        Option<int> count = new("--count") { Description = "Pictures, from the start of the set.", HelpName = "N", DefaultValueFactory = _ => 1000 };
        Option<string?> eps = new("--eps") { Description = "Radius of the ball, as 8/255 or 0.5. Default: 8/255, in L2 0.5.", HelpName = "E" };
        Option<string> norm = new("--norm") { Description = "linf or l2.", DefaultValueFactory = _ => "linf" };
        Option<string> columns = new("--columns") { Description = "all, or letters: a undefended, b transfer, c BPDA, d full gradient, e EOT, f Square, g transfer from another defence.", HelpName = "a,b,...", DefaultValueFactory = _ => "all" };
        Option<int> steps = new("--steps") { Description = "Steps of APGD; another number than 100 is not the field's.", HelpName = "N", DefaultValueFactory = _ => 100 };
        Option<int> queries = new("--queries") { Description = "Queries of Square; another number than 5000 is not the field's.", HelpName = "N", DefaultValueFactory = _ => 5000 };
        Option<int> draws = new("--draws") { Description = "Draws of a stochastic defence that are judged.", HelpName = "N", DefaultValueFactory = _ => 10 };
        Option<int> eot = new("--eot") { Description = "Draws that EOT averages.", HelpName = "N", DefaultValueFactory = _ => 20 };
        Option<string[]> attack = new("--attack") { Description = $"Further rows by full gradient: {string.Join(", ", AttackFactory.Names)}. Several times for several.", HelpName = "NAME", DefaultValueFactory = _ => [] };
        Option<string[]> transfer = new("--transfer") { Description = "Further rows by attacks that do not know the defence (non-adaptive); names as for --attack.", HelpName = "NAME", DefaultValueFactory = _ => [] };
        Option<string?> corruption = new("--corruption") { Description = $"Change the pictures first: {string.Join(", ", CorruptionFactory.Examples)} (numbers 1 to 5).", HelpName = "NAME" };
        Option<string?> suite = new("--suite") { Description = "Measure what a paper's tables show and print both side by side; several with commas, 'all', or 'list'. Takes --data, --count, --steps, --seed, --threads and -o.", HelpName = "NAME" };
        Option<bool> targeted = new("--targeted") { Description = "The further attacks aim at a class drawn for each picture." };
        Option<bool> fast = new("--fast") { Description = "(d) and (f) leave out pictures that an earlier column broke: same worst case, but only lower bounds for those columns." };
        Option<bool> checks = new("--checks") { Description = "Also repeat (d) with twice the steps on 200 pictures." };
        Option<bool> curve = new("--eps-curve") { Description = "Also measure accuracy over radii from eps / 8 to 8 eps on 100 pictures." };
        Option<int> seed = new("--seed") { Description = "Seed of all chance.", HelpName = "N", DefaultValueFactory = _ => 0 };
        Option<int> threads = new("--threads") { Description = "CPU threads (default: all cores). No figure depends on it.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<string?> output = new("-o", "--output") { Description = "Folder of journal, report, tables and plots (default: out/evaluation/NAME of the settings).", HelpName = "FOLDER" };
        norm.AcceptOnlyFromAmong("linf", "l2");
        foreach (Option<int> positive in new[] { count, steps, queries, draws, eot, threads })
            positive.RequireAtLeast(1);
        Command command = new("evaluate", Description)
        {
            data, resize, corruption, classifier, purifier, surrogate, count, eps, norm, columns, steps, queries, draws, eot, attack, transfer, targeted, fast, checks, curve, seed, threads, output, suite,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Evaluate(parsed, cancellation)));
        return command;

        int Evaluate(ParseResult parsed, CancellationToken cancellation)
        {
            if (parsed.GetValue(suite) is string name)
            {
                Flags.Refuse(parsed, "does not go with --suite, which chooses it", [resize, corruption, classifier, purifier, surrogate, eps, norm, columns, queries, draws, eot, attack, transfer, targeted, fast, checks, curve]);
                int? pictures = parsed.GetResult(count) is { Implicit: false } ? parsed.GetValue(count) : null;
                SuiteOptions options = new(parsed.GetValue(data), pictures, parsed.GetValue(steps), parsed.GetValue(seed));
                return EvaluateSuite.Run(name, options, parsed.GetValue(output), CommandLine(parsed), parsed.GetValue(threads), cancellation);
            }

            Norm ball = parsed.GetValue(norm) == "l2" ? Norm.L2 : Norm.Linf;
            string[] defences = [.. parsed.GetValue(purifier)!.Distinct()];
            EvaluationSettings settings = new()
            {
                Data = parsed.GetValue(data) ?? throw new UserErrorException(ExitCode.Usage, "--data is needed: a folder with CIFAR-10's binary files or with a subfolder of pictures for each class, or solids."),
                Resize = parsed.GetValue(resize),
                Corruption = parsed.GetValue(corruption)?.ToLowerInvariant(),
                Count = parsed.GetValue(count),
                Classifier = parsed.GetValue(classifier)!,
                Defences = defences,
                Surrogates = Surrogates(parsed.GetValue(classifier)!, defences, parsed.GetValue(surrogate)),
                Columns = EvaluationColumns.Parse(parsed.GetValue(columns)!),
                Norm = ball,
                Epsilon = Epsilon.Parse(parsed.GetValue(eps) ?? (ball == Norm.L2 ? "0.5" : "8/255")),
                Steps = parsed.GetValue(steps),
                Queries = parsed.GetValue(queries),
                Draws = parsed.GetValue(draws),
                EotDraws = parsed.GetValue(eot),
                Attacks = [.. parsed.GetValue(attack)!.Select(name => name.ToLowerInvariant()).Distinct()],
                Transfers = [.. parsed.GetValue(transfer)!.Select(name => name.ToLowerInvariant()).Distinct()],
                Targeted = parsed.GetValue(targeted),
                IsFast = parsed.GetValue(fast),
                DoublesSteps = parsed.GetValue(checks),
                HasCurve = parsed.GetValue(curve),
                Seed = parsed.GetValue(seed),
            };
            EvaluationSession session = EvaluationSessions.Open(settings, cancellation);
            string folder = parsed.GetValue(output) ?? EvaluationSessions.FolderOf(session, settings);
            (EvaluationReport report, IReadOnlyList<string> files) = session.Run(
                folder, CommandLine(parsed), Provenance.Here(ExportCommand.Commit()), parsed.GetValue(threads), cancellation);
            Console.Write(new ReportMarkdown(report).Headline());
            foreach (string file in files)
                Console.WriteLine($"report: {file}");
            return 0;
        }
    }

    private static Dictionary<string, string> Surrogates(string classifier, string[] defences, string? given)
    {
        Dictionary<string, string> surrogates = [];
        foreach (string defence in defences)
        {
            if ((given == defence ? null : given ?? ShippedPurifiers.OtherOf(classifier, defence)) is string other)
                surrogates[defence] = other;
        }

        return surrogates;
    }

    /// <summary>The line as it was typed, for reports.</summary>
    internal static string CommandLine(ParseResult parsed) => "./realtime " + string.Join(' ', parsed.Tokens.Select(token => token.Value.Contains(' ', StringComparison.Ordinal) ? $"'{token.Value}'" : token.Value));
}
