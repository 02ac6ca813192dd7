using Realtime.Filter.Gpu;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Tests.Gpu.Maep;

public sealed class VulkanPurifierTests
{
    [SkippableTheory]
    [InlineData("maep-patch4", false, 1e-4f)]
    [InlineData("maep-patch4", true, 1f / 255)]
    [InlineData("maep-patch2", false, 1e-4f)]
    [InlineData("maep-patch2", true, 1f / 255)]
    public void Tiles_come_out_as_from_the_processor(string model, bool half, float bound)
    {
        string path = ModelCatalog.Resolve(model);
        using OnnxPurifier processor = OnnxPurifier.Open(path, 1);
        using VulkanPurifier device = TestPurifier.Open(model, half);
        const int Count = 19;       // more than a batch, and not a whole number of them
        float[] tiles = SomeTiles(Count);
        float[] expected = new float[tiles.Length];
        float[] found = new float[tiles.Length];

        processor.Purify(tiles, expected, Count);
        device.Purify(tiles, found, Count);

        float largest = 0;
        for (int i = 0; i < found.Length; i++)
            largest = Math.Max(largest, Math.Abs(found[i] - expected[i]));
        Assert.InRange(largest, 0, bound);
        Assert.True(expected.Zip(tiles, (a, b) => Math.Abs(a - b)).Max() > 0.02f, "the purifier changed nothing: this compares nothing");
        Assert.Empty(device.ValidationMessages);
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
