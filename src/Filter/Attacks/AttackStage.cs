using Realtime.Filter.Classifiers;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Models;

namespace Realtime.Filter.Attacks;

/// <summary>
/// Attacks every Nth frame, in place. N of them in a row attack N frames at once, on a thread each, and no frame depends on N. Owns its
/// victim, classifier and scratch memory.
/// </summary>
public sealed class AttackStage : IFrameStage
{
    private readonly int share;
    private readonly int shares;
    private readonly OnnxGradient gradient;
    private readonly OnnxClassifier classifier;
    private readonly FrameAttacker attacker;
    private readonly FrameClassifier judge;
    private readonly Func<FrameSlot, Verdict, int> labelOf;
    private readonly AttackTally tally;
    private readonly byte[] attacked;

    /// <summary>Loads the victim.</summary>
    /// <param name="share">This stage's number, 0..<paramref name="shares"/> - 1.</param>
    /// <param name="shares">Number of stages that share the frames.</param>
    /// <param name="attack">The attack; not shared with another stage.</param>
    /// <param name="victim">Name or path of the classifier, as <see cref="ModelCatalog.Resolve"/> finds it.</param>
    /// <param name="format">The frames.</param>
    /// <param name="seed">Of the random starts.</param>
    /// <param name="labelOf">The class to lead a frame away from, given the frame and the verdict on its clean picture.</param>
    /// <param name="tally">Receives the results; shared.</param>
    public AttackStage(
        int share, int shares, IAttack attack, string victim, FrameFormat format, int seed, Func<FrameSlot, Verdict, int> labelOf, AttackTally tally)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(attack);
        this.share = share;
        this.shares = shares;
        this.labelOf = labelOf;
        this.tally = tally;
        Name = FormattableString.Invariant($"attack {share + 1}");
        attacked = new byte[format.ByteCount];
        gradient = OnnxGradient.Open(victim, threads: 1);
        try
        {
            classifier = OnnxClassifier.Open(victim, threads: 1);
        }
        catch
        {
            gradient.Dispose();
            throw;
        }

        if (gradient.Classes < attack.LeastClasses)
        {
            int classes = gradient.Classes;
            Dispose();
            throw new UserErrorException(ExitCode.Usage, $"{attack.Name} needs at least {attack.LeastClasses} classes; classifier '{victim}' has {classes}.");
        }

        BilinearResize resize = new(format.Width, format.Height, gradient.Width, gradient.Height);
        attacker = new FrameAttacker(attack, new ResizedGradient(gradient, resize), seed);
        judge = new FrameClassifier(classifier, format.Width, format.Height);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Process(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (slot.Id % shares != share)
            return;
        try
        {
            Attack(slot);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // Frames are in range and labels are checked; what is left is a model that answers NaN or infinity.
            throw new UserErrorException(ExitCode.ModelRejected, $"classifier '{classifier.Name}' failed on frame {slot.Id}: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        gradient.Dispose();
        classifier.Dispose();
    }

    private void Attack(FrameSlot slot)
    {
        Verdict before = judge.Classify(slot.Raw);
        int label = labelOf(slot, before);
        attacker.Attack(slot.Id, slot.Raw, label, attacked);
        Verdict after = judge.Classify(attacked);
        tally.Judge(before.Label == label, after.Label == label);
        tally.Compare(slot.Raw, attacked);
        attacked.CopyTo(slot.Raw, 0);
    }
}
