using Realtime.Filter.Classifiers;
using Realtime.Filter.Detection;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Guard;

/// <summary>
/// The stages between source and sink: those of the purifier and, where there is a classifier, its own. In guard mode a frame is first made as small as the classifier
/// sees it, and the purifier works on that. Owns the stages; purifier and classifier are borrowed.
/// </summary>
internal sealed class ProtectedStream : IDisposable
{
    /// <summary>Puts the stages together.</summary>
    /// <param name="format">Of the frames.</param>
    /// <param name="purifier">Purifies.</param>
    /// <param name="overlap">See <see cref="Tiles.TileGrid"/>.</param>
    /// <param name="tolerance">See <see cref="PurifyPipeline"/>.</param>
    /// <param name="protection">What of a frame is purified; the classifier's part needs a classifier.</param>
    /// <param name="classifier">Judges the frames; null for none.</param>
    /// <param name="calibration">Of the two; null for the alarm without one.</param>
    /// <param name="top">Classes to keep of each verdict, at least 1.</param>
    public ProtectedStream(
        FrameFormat format,
        ITilePurifier purifier,
        int overlap,
        int? tolerance,
        Protection protection = Protection.Picture,
        IClassifier? classifier = null,
        AlarmCalibration? calibration = null,
        int top = 1)
    {
        bool isGuard = protection == Protection.Classifier;
        FrameFormat seen = isGuard ? format with { Width = classifier!.Width, Height = classifier.Height } : format;
        Purify = new PurifyPipeline(seen, purifier, overlap, tolerance);
        Picture = isGuard ? FramePicture.Raw : FramePicture.Purified;
        Classify = classifier is null ? null : new ClassifyStage(classifier, seen, calibration, top);
        IEnumerable<IFrameStage> purify = isGuard ? [new ResizeStage(format, seen), .. Purify.Stages.Select(stage => new SeenStage(stage))] : Purify.Stages;
        Stages = Classify is null ? [.. purify] : [.. purify, Classify];
    }

    /// <summary>The purifier's part, at the size that is purified.</summary>
    public PurifyPipeline Purify { get; }

    /// <summary>The classifier's part; null where there is none.</summary>
    public ClassifyStage? Classify { get; }

    /// <summary>All stages in their order.</summary>
    public IReadOnlyList<IFrameStage> Stages { get; }

    /// <summary>What goes out.</summary>
    public FramePicture Picture { get; }

    /// <inheritdoc/>
    public void Dispose() => Purify.Dispose();
}
