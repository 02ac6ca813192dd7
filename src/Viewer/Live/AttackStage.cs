using System.Diagnostics;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;

namespace Realtime.Viewer.Live;

/// <summary>Graph stage: keeps the raw picture aside and puts the perturbation on the frame.</summary>
internal sealed class AttackStage(LiveEngine engine, FrameClassifier classifier, RawRing raw) : IFrameStage
{
    /// <inheritdoc/>
    public string Name => "attack";

    /// <summary>Milliseconds of the last frame.</summary>
    public double Milliseconds { get; private set; }

    /// <inheritdoc/>
    public void Process(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (engine.IsStale(slot.Id))
            return;
        long begin = Stopwatch.GetTimestamp();
        byte[] clean = raw.Of(slot.Id);
        slot.Raw.CopyTo(clean, 0);
        slot.TrueLabel = engine.TruthOf(slot);
        if (engine.State.AttackOn)
        {
            // Where the truth is not known, the attacker leads away from what the classifier says.
            int label = slot.TrueLabel >= 0 ? slot.TrueLabel : classifier.Classify(clean).Label;
            engine.Attacker.Apply(clean, label, slot.Raw);
        }

        Milliseconds = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    /// <summary>Does nothing: the attacker is borrowed.</summary>
    public void Dispose()
    {
    }
}
