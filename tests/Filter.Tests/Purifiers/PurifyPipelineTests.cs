using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tests.Graph;

namespace Realtime.Filter.Tests.Purifiers;

public sealed class PurifyPipelineTests : IDisposable
{
    private static readonly FrameFormat Format = new(70, 45, new TimeBase(1, 25), 25, null);

    private readonly TinyModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_identity_purifier_gives_every_frame_back_bit_for_bit(bool singleThreaded)
    {
        (FrameGraphResult result, string? failure, List<bool> equal) = Run(models.Identity(), singleThreaded);

        Assert.Equal((12, 0, null), (result.Frames, result.Unpurified, failure));
        Assert.All(equal, Assert.True);
    }

    [Fact]
    public void A_purifier_changes_the_purified_picture_and_not_the_raw_one()
    {
        (FrameGraphResult result, _, List<bool> equal) = Run(models.Invert(), singleThreaded: false);

        Assert.Equal((12, 0), (result.Frames, result.Unpurified));
        Assert.All(equal, Assert.False);
    }

    [Theory]
    [InlineData("nan", "not finite")]
    [InlineData("black", "flat")]
    public void A_frame_that_could_not_be_purified_passes_through_marked_and_counted(string model, string reason)
    {
        (FrameGraphResult result, string? failure, List<bool> equal) = Run(model == "nan" ? models.NotANumber() : models.Black(), singleThreaded: false);

        Assert.Equal((12, 12), (result.Frames, result.Unpurified));
        Assert.All(equal, Assert.True);
        Assert.StartsWith("frame 0: ", failure, StringComparison.Ordinal);
        Assert.Contains(reason, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_black_frame_may_stay_black()
    {
        float[] black = new float[2 * 3 * 1024];

        Assert.Null(TileHealth.Fault(black, black, 3 * 1024));
    }

    [Fact]
    public void One_bad_value_in_the_last_tile_is_found()
    {
        float[] tiles = new float[3 * 3 * 1024];
        for (int i = 0; i < tiles.Length; i++)
            tiles[i] = i % 7 / 7f;
        float[] purified = [.. tiles];
        Assert.Null(TileHealth.Fault(tiles, purified, 3 * 1024));

        purified[^1] = float.PositiveInfinity;
        Assert.NotNull(TileHealth.Fault(tiles, purified, 3 * 1024));
        purified[^1] = float.NaN;
        Assert.NotNull(TileHealth.Fault(tiles, purified, 3 * 1024));
    }

    [Fact]
    public void A_failing_purifier_gives_its_buffers_back()
    {
        using FailingPurifier purifier = new();
        using PurifyPipeline pipeline = new(Format, purifier, 4);
        using FakeSource source = new(20, Format);
        using FakeSink sink = new();

        FrameGraphResult result = new FrameGraph(source, pipeline.Stages, sink, FramePicture.Purified).Run(CancellationToken.None);

        Assert.Equal((20, 20), (result.Frames, result.Unpurified));
        Assert.Equal("frame 0: out of memory", pipeline.FirstFailure);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(1)]
    public void The_stages_allocate_nothing_per_frame(int? tolerance)
    {
        using OnnxPurifier purifier = OnnxPurifier.Open(models.Identity(), 1);
        using PurifyPipeline pipeline = new(Format, purifier, 4, tolerance);
        IFrameStage[] stages = [.. pipeline.Stages];
        FrameSlot slot = new(Format);
        Random random = new(1);
        Frames(60);   // the first frames make the tensor handles of every number of tiles

        // A collection, which another test may cause, counts the rest of the thread's 8 kB of fresh memory as used. What a frame allocates is in every window.
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
                random.NextBytes(slot.Raw.AsSpan(0, i % 15 * slot.Raw.Length / 15));
                foreach (IFrameStage stage in stages)
                    Step(stage);
            }
        }

        void Step(IFrameStage stage)
        {
            stage.Await(slot, CancellationToken.None);
            stage.Process(slot, CancellationToken.None);
        }
    }

    private static (FrameGraphResult Result, string? Failure, List<bool> Equal) Run(string model, bool singleThreaded)
    {
        using OnnxPurifier purifier = OnnxPurifier.Open(model, 2);
        using PurifyPipeline pipeline = new(Format, purifier, 4);
        using FakeSource source = new(12, Format);
        List<bool> equal = [];
        using FakeSink sink = new() { OnWrite = (slot, _) => equal.Add(slot.Raw.AsSpan().SequenceEqual(slot.Purified)) };
        using FakeStage texture = new("texture", (slot, _) => new Random((int)slot.Id).NextBytes(slot.Raw));
        FrameGraph graph = new(source, [texture, .. pipeline.Stages], sink, FramePicture.Purified, new FrameGraphOptions(SingleThreaded: singleThreaded));
        return (graph.Run(CancellationToken.None), pipeline.FirstFailure, equal);
    }

    private sealed class FailingPurifier : ITilePurifier
    {
        public string Name => "failing";

        public int TileSize => 32;

        public string? Randomness => null;

        public void Purify(Memory<float> tiles, Memory<float> purified, int count) => throw new PurificationException("out of memory");

        public void Dispose()
        {
        }
    }
}
