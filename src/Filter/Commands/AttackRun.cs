using System.Globalization;
using Realtime.Filter.Attacks;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Images;
using Realtime.Filter.Solids;
using Realtime.Filter.Video;

namespace Realtime.Filter.Commands;

/// <summary>One run of <c>attack</c>: victim, source, graph, sink, proof, summary.</summary>
internal sealed class AttackRun(AttackSettings settings)
{
    private static readonly string[] LosslessCodecs = ["ffv1", "libx264rgb", "png", "utvideo", "huffyuv", "ffvhuff"];

    private readonly ConsoleLog log = new(settings.LogLevel);
    private readonly AttackTally tally = new();
    private bool isLossless;

    /// <summary>Whether a video is to be stored without loss, as far as the command line says.</summary>
    private bool WantsLossless => settings.Sink.Quality is null && (settings.Sink.Codec is null || LosslessCodecs.Contains(settings.Sink.Codec));

    /// <summary>Runs to the end.</summary>
    /// <returns><see cref="ExitCode.Ok"/>, or <see cref="ExitCode.Failed"/> where the input broke off.</returns>
    public ExitCode Execute(CancellationToken cancellation)
    {
        // The attack is made once for its checks, before anything is opened.
        string attackName = CreateAttack().Name;
        using OnnxClassifier classifier = OnnxClassifier.Open(settings.Classifier, threads: 1);
        using IFrameSource source = FrameSources.Open(settings.Input);
        CheckOutputIsNew();
        (string described, Func<FrameSlot, Verdict, int> labelOf) = ChooseLabels(source, classifier);

        List<AttackStage> stages = [];
        FrameGraphResult result;
        try
        {
            int shares = settings.Threads ?? Environment.ProcessorCount;
            for (int i = 0; i < shares; i++)
                stages.Add(new AttackStage(i, shares, CreateAttack(), settings.Classifier, source.Format, settings.Seed, labelOf, tally));
            using IFrameSink sink = FrameSinks.Create(settings.Output, source, settings.Sink with { Lossless = WantsLossless });
            WarnOfLoss(source, sink);
            FrameGraph graph = new(source, stages, sink, FramePicture.Raw, new FrameGraphOptions(MaxFrames: settings.Frames));
            using (new ProgressReporter(graph, FramesToCome(source.Format), settings.Progress))
                result = graph.Run(cancellation);
        }
        finally
        {
            foreach (AttackStage stage in stages)
                stage.Dispose();
        }

        Summarise(attackName, classifier, source.Format, described, result);
        Prove(cancellation);
        if (result.SourceFailure is null)
            return ExitCode.Ok;
        log.Write(LogLevel.Error, result.SourceFailure.Message);
        return ExitCode.Failed;
    }

    private IAttack CreateAttack() => AttackFactory.Create(settings.Attack, settings.Epsilon, settings.Steps, settings.StepSize, settings.Restarts);

    private long? FramesToCome(FrameFormat format) =>
        format.FrameCount is long count ? Math.Min(count, settings.Frames) : settings.Frames == long.MaxValue ? null : settings.Frames;

    private void WarnOfLoss(IFrameSource source, IFrameSink sink)
    {
        isLossless = sink switch
        {
            PictureFolderSink => source is not PictureSource pictures || !pictures.Files.Any(PictureFiles.IsJpeg),   // names are kept
            PictureSink => !PictureFiles.IsJpeg(settings.Output),
            FFmpegSink => WantsLossless,
            _ => false,
        };
        if (!isLossless)
            log.Write(LogLevel.Warning, $"the output is not stored without loss, so its pixels may leave the ball of {Epsilon.Format(settings.Epsilon)}; write .mkv, .nut, .mp4 or .png without --codec and --crf.");
    }

    private void CheckOutputIsNew()
    {
        if (Directory.Exists(settings.Output) && Directory.EnumerateFileSystemEntries(settings.Output).Any())
            throw new UserErrorException(ExitCode.Usage, $"output folder '{settings.Output}' is not empty; name a new one, so that it can be read back.");
        bool isInput = Path.GetFullPath(settings.Output) == Path.GetFullPath(settings.Input);   // refused by the sink, with its own message
        if (!settings.Overwrite && File.Exists(settings.Output) && !isInput)
            throw new UserErrorException(ExitCode.Usage, $"output '{settings.Output}' exists; -y replaces it.");
    }

    private (string Described, Func<FrameSlot, Verdict, int> LabelOf) ChooseLabels(IFrameSource source, OnnxClassifier classifier)
    {
        if (settings.Label != "auto")
        {
            int label = IndexOf(settings.Label, classifier.Labels);
            return ($"'{classifier.Labels[label]}' for every frame", (_, _) => label);
        }

        if (source is SolidsSource && classifier.Labels.SequenceEqual(SolidsPictures.Labels))
            return ("the true class of every frame", (slot, _) => slot.TrueLabel);
        return ("the classifier's own verdict on each clean frame (the input knows no true class), so 'before' is 100 % by definition", (_, before) => before.Label);
    }

    private static int IndexOf(string label, IReadOnlyList<string> labels)
    {
        for (int i = 0; i < labels.Count; i++)
        {
            if (string.Equals(labels[i], label, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        if (int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < labels.Count)
            return index;
        throw new UserErrorException(ExitCode.Usage, $"--label '{label}' is no class of this classifier; it has {string.Join(", ", labels)}, or 0..{labels.Count - 1}.");
    }

    private void Summarise(string attackName, OnnxClassifier classifier, FrameFormat format, string labels, FrameGraphResult result)
    {
        string resized = format.Width == classifier.Width && format.Height == classifier.Height
            ? ""
            : $", which sees the {format.Width}x{format.Height} frames resized to {classifier.Width}x{classifier.Height}";
        Print($"attack      {attackName} on {classifier.Name}{resized}; white-box on the classifier, no purifier known");
        Print($"label       {labels}");
        Print(string.Create(CultureInfo.InvariantCulture, $"frames      {tally.Frames} in {result.Elapsed.TotalSeconds:0.0} s ({tally.Frames / result.Elapsed.TotalSeconds:0.0} fps) -> {settings.Output}"));
        Print(string.Create(CultureInfo.InvariantCulture, $"accuracy    before {100.0 * tally.RightBefore / tally.Frames:0.0} %, after {100.0 * tally.RightAfter / tally.Frames:0.0} %"));
        Print(string.Create(CultureInfo.InvariantCulture, $"change      at most {tally.LargestChange} levels of {EightBit.Levels(settings.Epsilon)} allowed, PSNR {tally.Psnr:0.0} dB"));
    }

    private void Prove(CancellationToken cancellation)
    {
        if (settings.Input == "-" || settings.Output == "-")
        {
            Print("written     not read back: a pipe cannot be read twice");
            return;
        }

        AttackTally written = ReadBack(cancellation);
        int allowed = EightBit.Levels(settings.Epsilon);
        string found = string.Create(CultureInfo.InvariantCulture, $"{written.Frames} frames read back, changed by at most {written.LargestChange} levels, PSNR {written.Psnr:0.0} dB");
        if (isLossless && (written.LargestChange > allowed || written.Frames != tally.Frames))
            throw new UserErrorException(ExitCode.OutputCheckFailed, $"'{settings.Output}' is not what was computed: {found}; expected {tally.Frames} frames within {allowed} levels. It is kept as '{Reject()}'.");

        Print($"written     {found}{(written.LargestChange > allowed ? $": outside the ball of {allowed}, the encoder is lossy" : ": every value is inside the ball")}");
    }

    // Gives the output a name that nobody takes for the finished one.
    private string Reject()
    {
        string path = Path.TrimEndingDirectorySeparator(settings.Output);
        string rejected = Path.ChangeExtension(path, ".rejected" + Path.GetExtension(path));
        if (Directory.Exists(path))
            Directory.Move(path, rejected);
        else
            File.Move(path, rejected, overwrite: true);
        return rejected;
    }

    private AttackTally ReadBack(CancellationToken cancellation)
    {
        AttackTally written = new();
        using IFrameSource source = FrameSources.Open(settings.Input);
        using IFrameSource output = FrameSources.Open(settings.Output);
        if (source.Format.ByteCount != output.Format.ByteCount)
            throw new UserErrorException(ExitCode.OutputCheckFailed, $"'{settings.Output}' has {output.Format.Width}x{output.Format.Height} pixels, the input {source.Format.Width}x{source.Format.Height}.");
        FrameSlot clean = new(source.Format), attacked = new(output.Format);
        while (written.Frames < tally.Frames && output.TryRead(attacked, cancellation) && source.TryRead(clean, cancellation))
            written.Compare(clean.Raw, attacked.Raw);
        return written;
    }

    // Results go to stdout unless that is where the frames go.
    private void Print(string line) => (settings.Output == "-" ? Console.Error : Console.Out).WriteLine(line);
}
