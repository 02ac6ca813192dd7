using Realtime.Filter.Classifiers;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Guard;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tests.Classifiers;
using Realtime.Filter.Tests.Graph;
using Realtime.Filter.Tests.Purifiers;

namespace Realtime.Filter.Tests.Guard;

public sealed class ProtectedStreamTests : IDisposable
{
    private static readonly FrameFormat Format = new(70, 46, new TimeBase(1, 25), 25, null);

    private readonly TinyModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_guard_mode_both_verdicts_are_about_the_same_small_picture_and_the_frame_goes_out_as_it_came(bool singleThreaded)
    {
        using TinyVictim victim = new(width: 40, height: 20);
        using OnnxClassifier classifier = OnnxClassifier.Open(victim.Path, 1), referee = OnnxClassifier.Open(victim.Path, 1);
        FrameClassifier judge = new(referee);
        BilinearResize resize = new(Format.Width, Format.Height, 40, 20);
        byte[] small = new byte[40 * 20 * 3];
        List<long> ids = [];

        FrameGraphResult result = Run(models.Invert(), Protection.Classifier, classifier, singleThreaded, frames: 8, (slot, stream) =>
        {
            byte[] frame = Texture(slot.Id);
            resize.Apply(frame, small);
            Assert.Equal(frame, slot.Raw);
            Assert.Equal(small, slot.Seen!.Raw);
            Assert.Equal(small.Select(value => (byte)(255 - value)), slot.Seen.Purified);
            Assert.Equal((slot.Id, slot.Pts, slot.Id * 3), (slot.Seen.Id, slot.Seen.Pts, slot.Pts));

            Assert.Equal(judge.Classify(small), slot.Verdicts!.Raw[0]);
            Assert.Equal(judge.Classify(slot.Seen.Purified), slot.Verdicts.Purified[0]);
            Assert.Equal((2, 2), (slot.Verdicts.Raw.Length, slot.Verdicts.Purified.Length));
            Assert.Equal((true, FramePicture.Raw, null), (slot.IsPurified, stream.Picture, slot.Failure));
            ids.Add(slot.Id);
        });

        Assert.Equal((8, 0), (result.Frames, result.Unpurified));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => (long)i), ids);
    }

    [Fact]
    public void In_filter_mode_the_classifier_sees_the_purified_frame()
    {
        using FakeClassifier classifier = new();
        FrameClassifier judge = new(new FakeClassifier(), Format.Width, Format.Height);

        Run(models.Invert(), Protection.Picture, classifier, singleThreaded: false, frames: 4, (slot, stream) =>
        {
            Assert.Null(slot.Seen);
            Assert.Equal(FramePicture.Purified, stream.Picture);
            Assert.Equal(judge.Classify(slot.Raw), slot.Verdicts!.Raw[0]);
            Assert.Equal(judge.Classify(slot.Purified), slot.Verdicts.Purified[0]);
        });
    }

    [Theory]
    [InlineData(Protection.Picture)]
    [InlineData(Protection.Classifier)]
    public void A_frame_that_could_not_be_purified_has_a_raw_verdict_only_and_is_counted(Protection protection)
    {
        using FakeClassifier classifier = new();
        List<(int Raw, int Purified, string? Failure)> found = [];

        FrameGraphResult result = Run(models.NotANumber(), protection, classifier, singleThreaded: false, frames: 5, (slot, _) =>
            found.Add((slot.Verdicts!.Raw.Length, slot.Verdicts.Purified.Length, slot.Failure)));

        Assert.Equal((5, 5), (result.Frames, result.Unpurified));
        Assert.All(found, frame => Assert.Equal((2, 0), (frame.Raw, frame.Purified)));
        Assert.All(found, frame => Assert.Contains("not finite", frame.Failure, StringComparison.Ordinal));
    }

    [Fact]
    public void A_classifier_that_fails_on_one_frame_stops_nothing()
    {
        using FakeClassifier classifier = new(failing: 5);      // the raw picture of the third frame
        List<(int Raw, int Purified, string? Failure)> found = [];
        ClassifyStage? stage = null;

        FrameGraphResult result = Run(models.Identity(), Protection.Classifier, classifier, singleThreaded: true, frames: 5, (slot, stream) =>
        {
            stage = stream.Classify;
            found.Add((slot.Verdicts!.Raw.Length, slot.Verdicts.Purified.Length, slot.Failure));
        });

        Assert.Equal((5, 0), (result.Frames, result.Unpurified));
        Assert.Equal([2, 2, 0, 2, 2], found.Select(frame => frame.Raw));
        Assert.Equal([false, false, true, false, false], found.Select(frame => frame.Failure is not null));
        Assert.Equal(1, stage!.Failures);
        Assert.StartsWith("frame 2: ", stage.FirstFailure, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_without_bounds_is_a_failure_and_does_not_spoil_the_alarm()
    {
        using FakeClassifier classifier = new(failing: 4) { Failure = float.PositiveInfinity };     // the purified picture of the second frame
        List<(bool Failed, bool Alarm)> found = [];

        Run(models.Halve(), Protection.Classifier, classifier, singleThreaded: true, frames: 8, (slot, _) =>
            found.Add((slot.Failure is not null, slot.Verdicts!.IsAlarm)), (slot, _) => slot.Raw.AsSpan().Fill(200));

        Assert.Equal([false, true, false, false, false, false, false, false], found.Select(frame => frame.Failed));
        Assert.Equal([false, false, false, false, false, true, true, true], found.Select(frame => frame.Alarm));
    }

    [Fact]
    public void Without_a_calibration_the_alarm_goes_up_when_verdicts_keep_changing()
    {
        using FakeClassifier classifier = new();
        List<(bool Flagged, bool Alarm)> found = [];
        ClassifyStage? stage = null;

        // Seven bright frames, which come out dark, and as many dark ones, which stay so.
        Run(models.Halve(), Protection.Classifier, classifier, singleThreaded: true, frames: 14, (slot, stream) =>
        {
            stage = stream.Classify;
            found.Add((slot.Verdicts!.IsFlagged, slot.Verdicts.IsAlarm));
        }, (slot, _) => slot.Raw.AsSpan().Fill((byte)(slot.Id < 7 ? 200 : 40)));

        Assert.All(found[..7], frame => Assert.True(frame.Flagged));
        Assert.Equal([false, false, false, false, true, true, true], found[..7].Select(frame => frame.Alarm));
        Assert.True(found[7].Alarm && !found[^1].Alarm);
        Assert.Equal((1, "verdict changed"), (stage!.Raised, stage.Rule));
    }

    [Fact]
    public void The_stages_allocate_nothing_per_frame()
    {
        using FakeClassifier classifier = new();
        using OnnxPurifier purifier = OnnxPurifier.Open(models.Identity(), 1);
        using ProtectedStream stream = new(Format, purifier, 4, 0, Protection.Classifier, classifier, calibration: null, top: 2);
        IFrameStage[] stages = [.. stream.Stages];
        FrameSlot slot = new(Format);
        Frames(60);

        // As in PurifyPipelineTests: what a frame allocates is in every window, what a collection leaves is not.
        long[] windows = new long[8];
        for (int window = 0; window < windows.Length; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Frames(15);
            windows[window] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Contains(0, windows);

        void Frames(int count)
        {
            for (int i = 0; i < count; i++)
            {
                slot.Reset();
                slot.Raw.AsSpan(0, i % 15 * slot.Raw.Length / 15).Fill((byte)(i * 31));
                foreach (IFrameStage stage in stages)
                {
                    stage.Await(slot, CancellationToken.None);
                    stage.Process(slot, CancellationToken.None);
                }
            }
        }
    }

    private FrameGraphResult Run(
        string model, Protection protection, IClassifier classifier, bool singleThreaded, int frames, Action<FrameSlot, ProtectedStream> look, Action<FrameSlot, CancellationToken>? fill = null)
    {
        using OnnxPurifier purifier = OnnxPurifier.Open(model, 1);
        using ProtectedStream stream = new(Format, purifier, 4, 0, protection, classifier, calibration: null, top: 2);
        using FakeSource source = new(frames, Format);
        using FakeSink sink = new() { OnWrite = (slot, _) => look(slot, stream) };
        using FakeStage texture = new("texture", fill ?? ((slot, _) => Texture(slot.Id).CopyTo(slot.Raw, 0)));
        return new FrameGraph(source, [texture, .. stream.Stages], sink, stream.Picture, new FrameGraphOptions(SingleThreaded: singleThreaded)).Run(CancellationToken.None);
    }

    private static byte[] Texture(long seed)
    {
        byte[] frame = new byte[Format.ByteCount];
        new Random((int)seed).NextBytes(frame);
        return frame;
    }
}
