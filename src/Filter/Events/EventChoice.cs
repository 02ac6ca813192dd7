using Realtime.Filter.Classifiers;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Events;

/// <summary>
/// Decides which frames make an event. With <see cref="EventRule.Frame"/> every Nth does, and whatever needs attention: the alarm goes up or down, a failure begins
/// or ends, frames were dropped. With <see cref="EventRule.Change"/> those do, and a change of the most probable class, raw or purified. The first frame always does.
/// </summary>
/// <param name="rule">Which.</param>
/// <param name="every">N, at least 1; null for every frame, or for changes alone.</param>
internal sealed class EventChoice(EventRule rule, long? every)
{
    private const int None = -1;

    private long frames;
    private bool alarm;
    private bool failed;
    private int raw = None;
    private int purified = None;

    /// <summary>Whether this frame does. To be asked once for each frame.</summary>
    /// <param name="slot">The frame.</param>
    /// <param name="dropped">Frames dropped since the last one that did.</param>
    public bool Takes(FrameSlot slot, long dropped)
    {
        long number = frames++;
        bool isDue = every is long step ? number % step == 0 : rule == EventRule.Frame;
        (bool nowAlarm, bool nowFailed) = (slot.Verdicts is { IsAlarm: true }, slot.Failure is not null);
        bool isUrgent = number == 0 || dropped > 0 || nowAlarm != alarm || nowFailed != failed;
        (int nowRaw, int nowPurified) = slot.Verdicts is { } verdicts ? (Best(verdicts.Raw), Best(verdicts.Purified)) : (None, None);
        bool isOther = nowRaw != raw || nowPurified != purified;
        (alarm, failed, raw, purified) = (nowAlarm, nowFailed, nowRaw, nowPurified);
        return isDue || isUrgent || (rule == EventRule.Change && isOther);
    }

    private static int Best(ReadOnlySpan<Verdict> verdicts) => verdicts.IsEmpty ? None : verdicts[0].Label;
}
