using Realtime.Filter.Classifiers;
using Realtime.Filter.Detection;

namespace Realtime.Filter.Tests.Detection;

public sealed class StreamAlarmTests
{
    private static readonly byte[] Dark = [.. Enumerable.Repeat((byte)40, 27)], Bright = [.. Enumerable.Repeat((byte)200, 27)];

    private readonly FrameClassifier judge = new(new Brightness());

    [Fact]
    public void Without_a_calibration_it_is_up_where_the_verdict_changes()
    {
        StreamAlarm alarm = new(null, judge);

        Assert.Equal([false, true, false], new[] { (Dark, Dark), (Bright, Dark), (Bright, Bright) }.Select(pair => Show(alarm, pair.Item1, pair.Item2)));
        Assert.Equal("verdict changed", alarm.Rule);
        Assert.Equal((double.NaN, double.NaN), (alarm.Score, alarm.Threshold));
    }

    [Fact]
    public void With_a_calibration_frames_are_flagged_at_once_and_the_alarm_follows_over_time()
    {
        // The label alone counts: log-odds 3 where it changes and -3 where it does not.
        AlarmCalibration calibration = new()
        {
            Models = new AlarmModels("p", "0", "c", "1"),
            Features = [.. AttackFeatures.Names.Select((name, i) => new AlarmFeature(name, 0.5, 1, i == AttackFeatures.Flip ? 6 : 0))],
            Bias = 0,
            Threshold = 0.9,
            FalsePositiveRate = 0.01,
            Timing = new AlarmTiming(Raise: 0.6, Clear: 0.3, Smoothing: 0.5, MinimumFrames: 1),
            UnattackedPictures = 1,
            AttackedPictures = 1,
            Command = "",
        };
        StreamAlarm alarm = new(calibration, judge);
        double high = 1 / (1 + Math.Exp(-3));

        // Levels: about 0.48, 0.71, 0.38, 0.22.
        Assert.Equal((false, true), (Show(alarm, Bright, Dark), alarm.IsFlagged));
        Assert.Equal(high, alarm.Score, 9);
        Assert.Equal((true, true), (Show(alarm, Bright, Dark), alarm.IsFlagged));
        Assert.Equal((true, false), (Show(alarm, Dark, Dark), alarm.IsFlagged));
        Assert.Equal((false, false), (Show(alarm, Dark, Dark), alarm.IsFlagged));
        Assert.Equal(1 - high, alarm.Score, 9);
        Assert.Equal("calibrated score", alarm.Rule);
    }

    private bool Show(StreamAlarm alarm, byte[] raw, byte[] purified)
    {
        judge.Classify(raw);
        alarm.TakeRaw(judge);
        judge.Classify(purified);
        return alarm.TakePurified(judge);
    }

    private sealed class Brightness : IClassifier
    {
        public string Name => "brightness";

        public IReadOnlyList<string> Labels => ["dark", "bright"];

        public int Width => 3;

        public int Height => 3;

        public void Classify(Memory<float> pictures, Memory<float> logits, int count)
        {
            logits.Span[0] = 0.5f;
            logits.Span[1] = pictures.Span[0];
        }

        public void Dispose()
        {
        }
    }
}
