using System.Diagnostics;
using System.Globalization;
using Realtime.Filter.Captions;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Solids;
using Realtime.Filter.Video;

namespace Realtime.Filter.Demo;

/// <summary>
/// The demo as a video: every frame shows one picture of the solids scene raw, attacked and purified, each with the classifier's verdict.
/// Keeps the score on the way. A few frames at a time are attacked, on all threads, then purified and classified one by one, as they would
/// be live. Owns its buffers and the attackers' threads; the models are borrowed.
/// </summary>
public sealed class DemoSource : IFrameSource
{
    private const int Panes = 3;
    private const int FramesPerAttacker = 4;

    private readonly SolidsSource scene;
    private readonly DemoModels models;
    private readonly string caption;
    private readonly WorkerTeam team;
    private readonly PurifyPipeline pipeline;
    private readonly FrameClassifier classifier;
    private readonly SideBySide layout;
    private readonly FrameSlot[] raw;
    private readonly FrameSlot[] attacked;
    private int held;   // frames in raw and attacked
    private int next;   // of these, the next to show
    private CancellationToken stop;

    /// <summary>Puts the demo together.</summary>
    /// <param name="options">The scene; the classifier sees its frames resized where it has another size.</param>
    /// <param name="models">Classifier, purifier and attackers.</param>
    /// <param name="zoom">Pixels of the video a pixel of a picture.</param>
    /// <param name="caption">First part of the line under the pictures: who attacks what.</param>
    /// <exception cref="UserErrorException">The classifier has other labels than the scene (<see cref="ExitCode.ModelRejected"/>).</exception>
    public DemoSource(SolidsOptions options, DemoModels models, int zoom, string caption)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(models);
        if (!models.Classifier.Labels.SequenceEqual(SolidsPictures.Labels))
        {
            throw new UserErrorException(
                ExitCode.ModelRejected,
                $"classifier '{models.Classifier.Name}' tells apart {string.Join(", ", models.Classifier.Labels)}; the demo's scene shows {string.Join(", ", SolidsPictures.Labels)}.");
        }

        this.models = models;
        this.caption = caption;
        scene = new SolidsSource(options);
        layout = new SideBySide(options.Width, options.Height, Panes, zoom);
        Format = scene.Format with { Width = layout.Width, Height = layout.Height };
        classifier = new FrameClassifier(models.Classifier, options.Width, options.Height);
        pipeline = new PurifyPipeline(scene.Format, models.Purifier, models.Overlap);
        raw = [.. Enumerable.Range(0, FramesPerAttacker * models.Attackers.Count).Select(_ => new FrameSlot(scene.Format))];
        attacked = [.. raw.Select(_ => new FrameSlot(scene.Format))];
        team = new WorkerTeam("attack", models.Attackers.Count, AttackShare);
    }

    /// <inheritdoc/>
    public string Name => scene.Name;

    /// <inheritdoc/>
    public FrameFormat Format { get; }

    /// <summary>What was counted and measured so far.</summary>
    public DemoScore Score { get; } = new();

    /// <summary>
    /// A frame to show, [H, W, 3] of <see cref="Format"/>: the first in the second half of the video that was right raw, wrong attacked and
    /// right purified; the first of that half where there is none.
    /// </summary>
    public byte[]? Still { get; private set; }

    /// <summary>Whether <see cref="Still"/> shows the attack succeed and the purifier undo it.</summary>
    public bool StillShowsRescue { get; private set; }

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (next == held && !Fill(cancellation))
            return false;

        Show(raw[next], attacked[next], slot, cancellation);
        next++;
        return true;
    }

    /// <summary>Ends the attackers' threads.</summary>
    public void Dispose()
    {
        team.Dispose();
        pipeline.Dispose();
        scene.Dispose();
    }

    // The next frames of the scene, attacked.
    private bool Fill(CancellationToken cancellation)
    {
        next = held = 0;
        while (held < raw.Length && scene.TryRead(raw[held], cancellation))
            held++;
        stop = cancellation;
        team.Run(models.Attackers.Count);
        return held > 0;
    }

    // Every Nth frame; the random start of a frame does not depend on who attacks it.
    private void AttackShare(int worker)
    {
        for (int i = worker; i < held; i += models.Attackers.Count)
        {
            stop.ThrowIfCancellationRequested();
            models.Attackers[worker].Attack(raw[i].Pts, raw[i].Raw, raw[i].TrueLabel, attacked[i].Raw);
        }
    }

    private void Show(FrameSlot clean, FrameSlot hostile, FrameSlot composed, CancellationToken cancellation)
    {
        int truth = clean.TrueLabel;
        Verdict rawVerdict = classifier.Classify(clean.Raw), attackedVerdict = classifier.Classify(hostile.Raw);
        long begin = Stopwatch.GetTimestamp();
        Purify(hostile, cancellation);
        Verdict purifiedVerdict = classifier.Classify(hostile.Purified);
        Score.Time(Stopwatch.GetElapsedTime(begin));
        Purify(clean, cancellation);
        Verdict cleanVerdict = classifier.Classify(clean.Purified);

        composed.IsPurified = clean.IsPurified && hostile.IsPurified;
        Score.Compare(clean.Raw, hostile.Raw, hostile.Purified, pipeline.Grid);
        Score.Count(
            rawVerdict.Label == truth, attackedVerdict.Label == truth, purifiedVerdict.Label == truth, cleanVerdict.Label == truth,
            composed.IsPurified);

        Pane[] panes =
        [
            PaneOf("raw", clean.Raw, rawVerdict, truth),
            PaneOf("attacked", hostile.Raw, attackedVerdict, truth),
            PaneOf(hostile.IsPurified ? "purified" : "NOT PURIFIED", hostile.Purified, purifiedVerdict, truth),
        ];
        layout.Compose(panes, Footer(), composed.Raw);
        composed.Pts = clean.Pts;
        composed.Duration = clean.Duration;
        composed.TrueLabel = truth;
        composed.DecodedAt = clean.DecodedAt;
        KeepStill(composed, rawVerdict.Label == truth && attackedVerdict.Label != truth && purifiedVerdict.Label == truth);
    }

    private void Purify(FrameSlot slot, CancellationToken cancellation)
    {
        foreach (IFrameStage stage in pipeline.Stages)
        {
            stage.Await(slot, cancellation);
            stage.Process(slot, cancellation);
        }
    }

    private Pane PaneOf(string title, byte[] pixels, Verdict verdict, int truth) =>
        new(title, pixels, models.Classifier.Labels[verdict.Label], verdict.Confidence, verdict.Label == truth);

    private string Footer()
    {
        double frames = Score.Frames;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{caption} | {frames:0} frames, right so far: raw {Score.RawRight / frames:p0}, attacked {Score.AttackedRight / frames:p0}, purified {Score.PurifiedRight / frames:p0}");
    }

    private void KeepStill(FrameSlot composed, bool isRescue)
    {
        bool late = Score.Frames > (scene.Format.FrameCount ?? 0) / 2;
        if (!late || (Still is not null && (StillShowsRescue || !isRescue)))
            return;
        Still = [.. composed.Raw];
        StillShowsRescue = isRescue;
    }
}
