using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Evaluation.Suites;

namespace Realtime.Trainer.Commands;

/// <summary>evaluate --suite: a paper's tables with our figures beside them.</summary>
internal static class EvaluateSuite
{
    /// <summary>Measures and prints suites.</summary>
    /// <param name="name">Their names with commas between, "all", or "list".</param>
    /// <param name="options">What the user chooses.</param>
    /// <param name="output">Folder; null for the default.</param>
    /// <param name="command">The line that reruns it.</param>
    /// <param name="threads">Of the evaluations.</param>
    /// <param name="cancellation">Stops; the folder stays good to go on.</param>
    internal static int Run(string name, SuiteOptions options, string? output, string command, int threads, CancellationToken cancellation)
    {
        if (name == "list")
        {
            Console.Write(SuiteCatalog.Describe());
            return 0;
        }

        PaperSuite[] suites = [.. name == "all" ? SuiteCatalog.Names.Select(SuiteCatalog.Load) : name.Split(',').Select(SuiteCatalog.Load)];
        string folder = output ?? Path.Combine("out", "suites");
        Provenance made = Provenance.Here(ExportCommand.Commit());
        SuiteRun run = new(suites, options, (settings, place) => EvaluationSessions.Open(settings, cancellation).Run(place, command, made, threads, cancellation).Report);
        foreach (SuiteResult result in run.Measure(Path.Combine(folder, "evaluations")))
        {
            Console.Write(new SuiteMarkdown(result).Render(command));
            foreach (string file in new SuiteFiles(Path.Combine(folder, result.Suite.Name)).Write(result, command))
                Console.WriteLine($"suite: {file}");
            Console.WriteLine();
        }

        return 0;
    }
}
