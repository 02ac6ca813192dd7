using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Purifiers;

public sealed class TileReuseTests : IDisposable
{
    private readonly TinyModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData(130, 70, 4, true)]
    [InlineData(130, 70, 4, false)]
    [InlineData(97, 61, 0, false)]
    [InlineData(65, 90, 12, false)]
    [InlineData(20, 9, 15, true)]
    public void Reusing_equal_tiles_changes_no_bit_of_a_scene_that_moves_rests_and_changes_in_places(int width, int height, int overlap, bool singleThreaded)
    {
        using OnnxPurifier purifier = OnnxPurifier.Open(models.Halve(), 2);
        byte[][] scene = PurifiedStream.Scene(width, height);

        PurifiedStream every = PurifiedStream.Of(purifier, scene, width, height, overlap, tolerance: null, singleThreaded);
        PurifiedStream reused = PurifiedStream.Of(purifier, scene, width, height, overlap, tolerance: 0, singleThreaded);

        Assert.Equal(every.Pictures, reused.Pictures);
        Assert.Equal(0, every.Tiles.Reused);
        Assert.Equal(every.Tiles.Purified, reused.Tiles.All);
        Assert.InRange(reused.Tiles.ReusedShare, 0.2, 0.8);
    }

    [Fact]
    public void A_shipped_purifier_gives_a_tile_the_same_bits_in_any_company()
    {
        using OnnxPurifier purifier = OnnxPurifier.Open(ModelCatalog.Resolve("maep-patch4"), 2);
        byte[][] scene = PurifiedStream.Scene(150, 60)[2..12];

        PurifiedStream every = PurifiedStream.Of(purifier, scene, 150, 60, 4, tolerance: null);
        PurifiedStream reused = PurifiedStream.Of(purifier, scene, 150, 60, 4, tolerance: 0);

        Assert.Equal(every.Pictures, reused.Pictures);
        Assert.InRange(reused.Tiles.Purified, 1, every.Tiles.Purified - 1);
    }

    [Fact]
    public void A_still_scene_is_purified_once()
    {
        using OnnxPurifier purifier = OnnxPurifier.Open(models.Halve(), 1);
        byte[] frame = PurifiedStream.Scene(70, 45)[0];

        PurifiedStream stream = PurifiedStream.Of(purifier, [.. Enumerable.Repeat(frame, 20)], 70, 45, 4, tolerance: 0);

        Assert.Equal(stream.Tiles.All / 20, stream.Tiles.Purified);
        Assert.All(stream.Pictures, picture => Assert.Equal(stream.Pictures[0], picture));
        Assert.NotEqual(frame, stream.Pictures[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_of_a_frame_that_failed_is_reused(bool singleThreaded)
    {
        // Equal frames, and every third run fails: with what it had been given kept as a reference, its neighbours would reuse what was never made.
        using FlakyPurifier purifier = new(run => run % 3 == 1);
        byte[][] scene = PurifiedStream.Scene(70, 45)[..3];
        byte[][] frames = [.. Enumerable.Range(0, 60).Select(i => scene[i / 4 % 3])];

        PurifiedStream stream = PurifiedStream.Of(purifier, frames, 70, 45, 4, tolerance: 0, singleThreaded);

        Assert.Contains(true, stream.IsPurified);
        Assert.Contains(false, stream.IsPurified);
        for (int i = 0; i < frames.Length; i++)
            Assert.Equal(stream.IsPurified[i] ? frames[i].Select(value => (byte)(255 - value)) : frames[i], stream.Pictures[i]);
    }

    [Fact]
    public void A_purifier_that_draws_random_numbers_purifies_every_tile()
    {
        using OnnxPurifier purifier = OnnxPurifier.Open(models.Noise(), 1);
        byte[] frame = PurifiedStream.Scene(70, 45)[0];

        PurifiedStream stream = PurifiedStream.Of(purifier, [frame, frame, frame], 70, 45, 4, tolerance: 0);

        Assert.Contains("RandomNormalLike", purifier.Randomness, StringComparison.Ordinal);
        Assert.Equal(0, stream.Tiles.Reused);
        Assert.NotEqual(stream.Pictures[0], stream.Pictures[1]);
    }

    [Fact]
    public void Models_that_leave_something_to_chance_or_cannot_be_looked_into_are_told_from_those_that_do_not()
    {
        Assert.All(ModelCatalog.Names(), name => Assert.Null(RandomOperators.Find(OnnxReader.Read(ModelCatalog.Resolve(name)))));
        Assert.NotNull(RandomOperators.Find(With(new OnnxNode("n", "Bernoulli", ["x"], ["y"], []))));
        Assert.NotNull(RandomOperators.Find(With(new OnnxNode("n", "Dropout", ["x", "ratio", "training"], ["y"], []))));
        Assert.NotNull(RandomOperators.Find(With(new OnnxNode("n", "Sampling", ["x"], ["y"], [], "com.microsoft"))));
        Assert.NotNull(RandomOperators.Find(With(new OnnxNode("n", "If", ["x"], ["y"], [new OnnxAttribute("then_branch", new ReadOnlyMemory<byte>([1]))]))));
        Assert.Null(RandomOperators.Find(With(new OnnxNode("n", "Dropout", ["x"], ["y"], []))));
    }

    [Fact]
    public void A_frame_that_never_reached_the_purifier_is_noticed()
    {
        TileGrid grid = new(70, 45, 32, 4);
        TileReuse reuse = new(grid, 0);
        TileBuffer first = new(grid), lost = new(grid), third = new(grid);
        byte[][] scene = PurifiedStream.Scene(70, 45);
        reuse.Select(scene[0], first);
        Assert.True(reuse.Accept(first));

        reuse.Select(scene[1], lost);
        reuse.Select(scene[1], third);

        Assert.Equal(0, third.Count);
        Assert.False(reuse.Accept(third));
    }

    [Fact]
    public void A_flat_tile_among_reused_ones_is_no_failure_and_a_frame_of_flat_ones_is()
    {
        // Black where red is at most one half: the only tile that changes goes black, and the others still show something.
        using OnnxPurifier purifier = OnnxPurifier.Open(models.BlackBelowHalf(), 1);
        byte[] bright = Stripes(140, 250), half = [.. bright];
        for (int y = 0; y < 32; y++)
            for (int x = 0; x < 32; x++)
                half[((y * 96) + x) * 3] = (byte)(40 + (x * 2));

        PurifiedStream stream = PurifiedStream.Of(purifier, [bright, half, Stripes(10, 120), bright], 96, 32, 0, tolerance: 0);

        Assert.Equal([true, true, false, true], stream.IsPurified);
        Assert.Equal(stream.Pictures[0], stream.Pictures[3]);
    }

    private static byte[] Stripes(byte low, byte high) => [.. Enumerable.Range(0, 96 * 32 * 3).Select(i => i / 3 % 2 == 0 ? low : high)];

    private static OnnxModel With(OnnxNode node)
    {
        OnnxModel model = new();
        model.Graph.Nodes.Add(node);
        return model;
    }

    // 1 - x, unless `fails` says so of the run of that number.
    private sealed class FlakyPurifier(Predicate<int> fails) : ITilePurifier
    {
        private int runs;

        public string Name => "flaky";

        public int TileSize => 32;

        public string? Randomness => null;

        public void Purify(Memory<float> tiles, Memory<float> purified, int count)
        {
            Thread.Sleep(2);   // so that the next frame is compared before this one fails
            if (fails(runs++))
                throw new PurificationException("no luck");
            for (int i = 0; i < count * 3 * 32 * 32; i++)
                purified.Span[i] = 1 - tiles.Span[i];
        }

        public void Dispose()
        {
        }
    }
}
