using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Maep;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Tests.Gpu.Maep;

public sealed class VulkanPurifierTests
{
    [SkippableTheory]
    [InlineData("maep-patch4", 19, false, 1e-4f)]      // more than a batch, and not a whole number of them
    [InlineData("maep-patch4", 5, true, 1f / 255)]
    [InlineData("maep-patch2", 3, false, 1e-4f)]
    [InlineData("maep-patch2", 3, true, 1f / 255)]
    public void Tiles_come_out_as_from_the_processor(string model, int count, bool half, float bound)
    {
        string path = ModelCatalog.Resolve(model);
        using OnnxPurifier processor = OnnxPurifier.Open(path, 1);
        using VulkanPurifier device = TestPurifier.Open(model, half);
        float[] tiles = SomeTiles(count);
        float[] expected = new float[tiles.Length];
        float[] found = new float[tiles.Length];

        processor.Purify(tiles, expected, count);
        device.Purify(tiles, found, count);

        float largest = 0;
        for (int i = 0; i < found.Length; i++)
            largest = Math.Max(largest, Math.Abs(found[i] - expected[i]));
        Assert.InRange(largest, 0, bound);
        Assert.True(expected.Zip(tiles, (a, b) => Math.Abs(a - b)).Max() > 0.02f, "the purifier changed nothing: this compares nothing");
        Assert.Equal([], device.ValidationMessages);
    }

    [SkippableFact]
    public void A_larger_call_after_a_small_one_gets_a_larger_batch_and_a_smaller_one_after_that_the_same_numbers()
    {
        using VulkanPurifier device = TestPurifier.Open("maep-patch4");
        float[] tiles = SomeTiles(4);
        float[] first = new float[tiles.Length];
        float[] whole = new float[tiles.Length];
        float[] again = new float[tiles.Length];

        device.Purify(tiles, first, 1);
        device.Purify(tiles, whole, 4);
        device.Purify(tiles, again, 1);

        const int Tile = 3 * 32 * 32;
        Assert.Equal(whole[..Tile], first[..Tile]);
        Assert.Equal(whole[..Tile], again[..Tile]);
        Assert.NotEqual(tiles[^Tile..], whole[^Tile..]);
        Assert.Equal([], device.ValidationMessages);
    }

    [Fact]
    public void No_cut_of_a_product_takes_more_shared_memory_than_devices_have()
    {
        foreach (uint cells in (uint[])[1, 2, 4, 8, 24, 96])
        {
            Assert.InRange(GemmTile.For(cells, isSoftware: false).SharedBytes, 1u, 16384u);
            Assert.InRange(GemmTile.For(cells, isSoftware: true).SharedBytes, 1u, GemmTile.SoftwareSharedBytes);
        }
    }

    private static float[] SomeTiles(int count)
    {
        Random random = new(3);
        float[] tiles = new float[count * 3 * 32 * 32];
        for (int i = 0; i < tiles.Length; i++)
            tiles[i] = Math.Clamp(0.5f + (0.4f * MathF.Sin(i * 0.013f)) + (0.1f * (random.NextSingle() - 0.5f)), 0, 1);
        return tiles;
    }
}
