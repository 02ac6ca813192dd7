using Realtime.Filter.Detection;
using Realtime.Filter.Errors;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;

namespace Realtime.Trainer.Detection;

/// <summary>Where a calibration goes: the file that the alarm reads, the card beside it, and a folder with report and curves.</summary>
public sealed class DetectorFiles
{
    private readonly string calibration;
    private readonly string folder;

    private DetectorFiles(string calibration, string folder) => (this.calibration, this.folder) = (calibration, folder);

    /// <summary>Makes the folders, before anything is measured.</summary>
    /// <param name="purifier">A shipped one or an ONNX file.</param>
    /// <param name="classifier">Likewise.</param>
    /// <param name="output">The calibration; null for the place where the alarm looks for it.</param>
    /// <param name="report">Folder of report and curves; null for out/calibration.</param>
    /// <exception cref="UserErrorException">There are no such models, or a folder cannot be made.</exception>
    public static DetectorFiles Prepare(string purifier, string classifier, string? output, string? report)
    {
        string place = AlarmFiles.PathOf(purifier, classifier);
        DetectorFiles files = new(output ?? place, report ?? Path.Combine("out", "calibration", Path.GetFileName(place).Replace(".alarm.json", "", StringComparison.Ordinal).Replace('.', '-')));
        if (Directory.Exists(files.calibration))
            throw new UserErrorException(ExitCode.Usage, $"-o '{files.calibration}' is a folder; name a file.");
        foreach (string folder in new[] { Path.GetDirectoryName(Path.GetFullPath(files.calibration))!, files.folder })
        {
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserErrorException(ExitCode.Failed, $"folder '{folder}' cannot be made: {error.Message} Name others with -o and --report.", error);
            }
        }

        return files;
    }

    /// <summary>Writes all of it, each file under a temporary name that is then changed; the calibration last.</summary>
    /// <param name="report">The figures.</param>
    /// <param name="curves">A curve for each attack.</param>
    /// <returns>The paths.</returns>
    public IReadOnlyList<string> Write(DetectorReport report, IEnumerable<(string Name, Roc Curve)> curves)
    {
        ArgumentNullException.ThrowIfNull(report);
        DetectorMarkdown text = new(report);
        AlarmModels models = report.Calibration.Models;
        string beside = Path.GetDirectoryName(Path.GetFullPath(calibration))!, card = Path.Combine(beside, models.Purifier + ".md");
        List<string> paths = [WholeFile.Write(folder, "report.json", report.ToJson()), WholeFile.Write(folder, "report.md", text.Whole()), .. new DetectorPlot(report).Write(folder, curves)];
        ModelCard.WriteAlarm(card, models, text.Card());
        return [.. paths, card, WholeFile.Write(beside, Path.GetFileName(calibration), report.Calibration.ToJson())];
    }
}
