using Realtime.Filter.Gpu.Frames;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Gpu.Frames;

/// <summary>Gather, blend and health on the device against those of the processor.</summary>
public sealed class FrameStepTests(SharedPurifier shared) : IClassFixture<SharedPurifier>
{
    public static TheoryData<int, int, int> Grids
    {
        get
        {
            TheoryData<int, int, int> grids = [];
            foreach (int overlap in (int[])[0, 4, 15])
            {
                grids.Add(70, 51, overlap);
                grids.Add(33, 32, overlap);
                grids.Add(7, 5, overlap);
                grids.Add(1, 40, overlap);
            }

            return grids;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Grids))]
    public void Tiles_are_cut_exactly_as_on_the_processor(int width, int height, int overlap)
    {
        TileGrid grid = new(width, height, 32, overlap);
        byte[] frame = Bytes(width * height * 3);
        float[] expected = new float[grid.Count * grid.TileLength];
        new TileGather(grid).Gather(frame, expected);

        float[] found = FrameSteps.Gather(shared.Purifier, grid, FrameColour.Rgb, frame);

        // The levels are exact; what a device divides by 255 may be off in the last bit.
        Assert.Equal(expected.Select(Level), found.Select(Level));
        Assert.InRange(expected.Zip(found, (a, b) => Math.Abs(a - b)).Max(), 0, 1.2e-7f);
        Assert.Equal([], shared.Purifier.ValidationMessages);
    }

    [SkippableTheory]
    [MemberData(nameof(Grids))]
    public void Tiles_are_put_together_within_a_level_of_the_processor(int width, int height, int overlap)
    {
        TileGrid grid = new(width, height, 32, overlap);
        float[] tiles = Numbers(grid, -0.1f, 1.1f);
        byte[] expected = new byte[width * height * 3];
        new TileBlend(grid).Blend([.. tiles.Select(value => Math.Clamp(value, 0, 1))], expected);

        byte[] found = FrameSteps.Blend(shared.Purifier, grid, tiles, tiles).Frame;

        int different = 0;
        for (int i = 0; i < found.Length; i++)
        {
            Assert.InRange(Math.Abs(found[i] - expected[i]), 0, 1);
            different += found[i] == expected[i] ? 0 : 1;
        }

        Assert.InRange(different, 0, 1 + (found.Length / 1000));
        Assert.Equal([], shared.Purifier.ValidationMessages);
    }

    [SkippableFact]
    public void Broken_tiles_are_told_from_whole_ones_as_on_the_processor()
    {
        TileGrid grid = new(60, 40, 32, 4);
        float[] textured = Numbers(grid, 0, 1);
        float[] flat = [.. textured.Select(_ => 0.25f)];
        float[] oneColour = [.. textured.Select((_, i) => i % grid.TileLength / (grid.TileLength / 3) * 0.5f)];
        float[] oneTile = [.. flat];
        oneTile[^1] = 0.3f;
        float[] faint = [.. flat.Select((value, i) => value + (i % 2 * 0.05f))];    // below what counts as textured

        (float[] Before, float[] After)[] cases =
        [
            (textured, textured), (textured, flat), (flat, flat), (textured, oneColour), (textured, oneTile), (faint, flat), (faint, oneColour),
            (textured, With(textured, float.NaN)), (textured, With(textured, float.PositiveInfinity)), (flat, With(flat, float.NegativeInfinity)),
        ];
        foreach ((float[] before, float[] after) in cases)
        {
            string? expected = TileHealth.Fault(before, after, grid.TileLength);
            FrameFlags flags = FrameSteps.Blend(shared.Purifier, grid, before, after).Flags;
            Assert.Equal(expected, FrameHealth.Fault(flags));
        }

        Assert.Contains(cases, pair => TileHealth.Fault(pair.Before, pair.After, grid.TileLength) is null);
    }

    private static byte Level(float value) => (byte)Math.Round(value * 255);

    private static float[] With(float[] tiles, float value)
    {
        float[] broken = [.. tiles];
        broken[^1] = value;
        return broken;
    }

    private static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private static float[] Numbers(TileGrid grid, float low, float high)
    {
        Random random = new(grid.Count);
        return [.. Enumerable.Range(0, grid.Count * grid.TileLength).Select(_ => low + ((high - low) * random.NextSingle()))];
    }
}
