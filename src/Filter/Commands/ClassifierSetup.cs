using System.Globalization;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Detection;
using Realtime.Filter.Frames;
using Realtime.Filter.Guard;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Commands;

/// <summary>The classifier of a run, opened, with the alarm's calibration where there is one. Owns the classifier.</summary>
internal sealed class ClassifierSetup : IDisposable
{
    private readonly ClassifierSettings settings;

    /// <summary>Opens the classifier and tells what it is.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="purifier">Name or file of the purifier before it.</param>
    /// <param name="log">Is told how it is fed and what was assumed.</param>
    public ClassifierSetup(ClassifierSettings settings, string purifier, ConsoleLog log)
    {
        this.settings = settings;
        Classifier = OnnxClassifier.Open(settings.Model, threads: 1, settings.Hints);   // one picture at a time gives a second core nothing to do
        try
        {
            // A calibration was made with pictures fed as they are: for a model that wants them otherwise it means nothing.
            Calibration = Classifier.Format.IsPlain && Classifier.Output == ClassifierOutput.Logits ? AlarmFiles.Find(purifier, settings.Model) : null;
        }
        catch
        {
            Classifier.Dispose();
            throw;
        }

        string format = Classifier.Format.IsPlain ? "" : $" {Classifier.Format},";
        string output = $"{Classifier.Labels.Count} classes, {Classifier.Output.ToString().ToLowerInvariant()}";
        log.Write(LogLevel.Info, $"classifier {Classifier.Name}: {Classifier.Width}x{Classifier.Height},{format} {output}; {Protects}; alarm where {Rule}");
        if (Classifier.Assumption is string assumption)
            log.Write(LogLevel.Warning, $"classifier {Classifier.Name}: {assumption}.");
    }

    public OnnxClassifier Classifier { get; }

    public AlarmCalibration? Calibration { get; }

    private string Protects => settings.Protection == Protection.Classifier ? "only what it sees is purified, frames go out as they came" : "it sees the purified frames";

    private string Rule => Calibration is null ? "the verdict changes (no calibration)" : string.Create(CultureInfo.InvariantCulture, $"the calibrated score reaches {Calibration.Timing.Raise:0.###}");

    public void Dispose() => Classifier.Dispose();

    /// <summary>The stages of a stream with this classifier, or without one.</summary>
    public static ProtectedStream Stages(ClassifierSetup? setup, FrameFormat format, ITilePurifier purifier, int overlap, int? tolerance) => setup is null
        ? new ProtectedStream(format, purifier, overlap, tolerance)
        : new ProtectedStream(format, purifier, overlap, tolerance, setup.settings.Protection, setup.Classifier, setup.Calibration, setup.settings.Top);
}
