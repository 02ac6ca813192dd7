using System.CommandLine;
using Realtime.Filter.Commands;
using Realtime.Filter.Defences;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Detection;
using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Commands;

/// <summary>calibrate: fits the attack score of a purifier and a classifier and chooses the alarm's threshold.</summary>
internal static class CalibrateCommand
{
    private const int Steps = 20;

    private const string Description = """
        Fit the alarm of a purifier before a classifier: an attack score made of how far the classifier's answers before and behind the purifier lie apart
        and of how much the purifier changed. Half of the pictures are fitted on; the report is about the other half: clean, noisy, compressed, recoloured, attacked
        without knowledge of the purifier, and attacked with it. docs/detector.md tells all of it.
        """;

    internal static Command Create()
    {
        Option<string> data = new("--data") { Description = "Folder with CIFAR-10's binary files, or with a subfolder of pictures for each class, or 'solids'.", Required = true };
        Option<int?> resize = new("--resize") { Description = "Bring the pictures of subfolders to S x S pixels.", HelpName = "S" };
        Option<string> purifier = new("--purifier") { Description = "A shipped purifier or an .onnx.", HelpName = "NAME", DefaultValueFactory = _ => "maep-patch4" };
        Option<string> classifier = new("--classifier") { Description = "A shipped classifier or an .onnx.", HelpName = "NAME", DefaultValueFactory = _ => "cifar10" };
        Option<int> count = new("--count") { Description = "Pictures, from the start of the set.", HelpName = "N", DefaultValueFactory = _ => 1000 };
        Option<double> rate = new("--false-positives") { Description = "Share of unattacked pictures that may be flagged.", HelpName = "F", DefaultValueFactory = _ => 0.01 };
        Option<int> steps = new("--steps") { Description = "Steps of every attack.", HelpName = "N", DefaultValueFactory = _ => Steps };
        Option<int> seed = new("--seed") { Description = "Seed of all chance.", HelpName = "N", DefaultValueFactory = _ => 0 };
        Option<int> threads = new("--threads") { Description = "CPU threads (default: all cores). No figure depends on it.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<string?> output = new("-o", "--output") { Description = "The calibration; the purifier's card beside it gets a section. Default: NAME.CLASSIFIER.alarm.json beside the purifier, where view looks for it.", HelpName = "FILE" };
        Option<string?> report = new("--report") { Description = "Folder of report and ROC curves. Default: out/calibration/NAME-CLASSIFIER.", HelpName = "FOLDER" };
        foreach (Option<int> positive in new[] { count, steps, threads })
            positive.RequireAtLeast(1);
        rate.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValue(rate) is double value and not (> 0 and < 1))
                result.AddError(FormattableString.Invariant($"{rate.Name} must be above 0 and below 1, found {value}."));
        });
        Command command = new("calibrate", Description) { data, resize, purifier, classifier, count, rate, steps, seed, threads, output, report };
        command.SetAction((parsed, cancellation) =>
        {
            EvaluationSettings settings = new()
            {
                Data = parsed.GetValue(data)!,
                Resize = parsed.GetValue(resize),
                Count = parsed.GetValue(count),
                Classifier = parsed.GetValue(classifier)!,
                Defences = [parsed.GetValue(purifier)!],
                Columns = [],
                Epsilon = 8 / 255f,
                Steps = parsed.GetValue(steps),
                Seed = parsed.GetValue(seed),
            };
            RequirePurifier(settings.Defences[0]);
            DetectorFiles files = DetectorFiles.Prepare(settings.Defences[0], settings.Classifier, parsed.GetValue(output), parsed.GetValue(report));
            Calibrate(settings, parsed.GetValue(rate), files, EvaluateCommand.CommandLine(parsed), parsed.GetValue(threads), cancellation);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Calibrate(EvaluationSettings settings, double rate, DetectorFiles files, string line, int threads, CancellationToken cancellation)
    {
        IReadOnlyList<string> labels;
        using (OnnxEvaluationModels models = new(settings.Classifier))
            labels = models.Labels;
        IPictureSet set = PictureSets.OpenTest(settings.Data, settings.Resize, cancellation);
        BatchProgress progress = new("calibrate");
        DetectorCalibration calibration = new(settings, set, rate) { Measured = progress.Show };
        DetectorReport report;
        IReadOnlyList<(string, Roc)> curves;
        try
        {
            (report, curves) = calibration.Run(
                () => new OnnxEvaluationModels(settings.Classifier), labels, line, Provenance.Here(ExportCommand.Commit()), threads, cancellation);
        }
        finally
        {
            BatchProgress.Clear();
        }

        Console.Write(new DetectorMarkdown(report).Whole());
        foreach (string path in files.Write(report, curves))
            Console.WriteLine($"wrote {path}");
    }

    /// <summary>Refuses what has no file that a calibration could belong to.</summary>
    private static void RequirePurifier(string name)
    {
        using IDefence defence = DefenceNames.Open(name);
        if (defence is not OnnxDefence)
            throw new UserErrorException(ExitCode.Usage, $"--purifier '{name}' is a baseline or a chain; a calibration belongs to a purifier's ONNX file. There are {string.Join(", ", ShippedPurifiers.Names())}, and paths.");
    }
}
