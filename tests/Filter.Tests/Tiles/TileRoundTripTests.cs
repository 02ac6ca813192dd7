using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Tiles;

public sealed class TileRoundTripTests
{
    public static TheoryData<int, int> Sizes => new()
    {
        { 1, 1 }, { 2, 1 }, { 1, 3 }, { 7, 5 }, { 31, 33 }, { 32, 32 }, { 33, 31 }, { 64, 48 }, { 97, 61 }, { 130, 66 }, { 257, 129 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Unchanged_tiles_give_the_frame_back_bit_for_bit_at_every_overlap(int width, int height)
    {
        byte[] frame = new byte[width * height * 3];
        new Random((width * 1000) + height).NextBytes(frame);
        for (int overlap = 0; overlap <= TileGrid.MaxOverlap(32); overlap++)
        {
            TileGrid grid = new(width, height, 32, overlap);
            float[] tiles = new float[grid.Count * grid.TileLength];
            byte[] back = new byte[frame.Length];
            TileBlend blend = new(grid);

            new TileGather(grid).Gather(frame, tiles);
            blend.Blend(tiles, back);
            Assert.Equal(frame, back);
            Array.Clear(back);
            blend.Blend(tiles, back);   // nothing of the first frame may stay behind
            Assert.Equal(frame, back);
        }
    }

    [Fact]
    public void A_tile_holds_the_pixels_under_it_as_planes_and_mirrors_at_the_edge()
    {
        const int Width = 40, Height = 35;
        byte[] frame = new byte[Width * Height * 3];
        new Random(1).NextBytes(frame);
        TileGrid grid = new(Width, Height, 32, 4);
        float[] tiles = new float[grid.Count * grid.TileLength];
        new TileGather(grid).Gather(frame, tiles);

        for (int tile = 0; tile < grid.Count; tile++)
            for (int channel = 0; channel < 3; channel++)
                for (int i = 0; i < 32; i++)
                    for (int j = 0; j < 32; j++)
                    {
                        int y = TileGrid.Reflect((tile / grid.Columns * grid.Stride) + i, Height);
                        int x = TileGrid.Reflect((tile % grid.Columns * grid.Stride) + j, Width);
                        Assert.Equal(
                            frame[(((y * Width) + x) * 3) + channel] / 255f,
                            tiles[(tile * grid.TileLength) + (((channel * 32) + i) * 32) + j]);
                    }
    }

    [Fact]
    public void Blending_rounds_to_the_nearest_and_clamps()
    {
        TileGrid grid = new(20, 1, 32, 0);
        float[] tiles = new float[grid.TileLength];
        float[] values = [-1f, -0.001f, 0f, 0.49f / 255, 0.51f / 255, 1f, 1.01f, 300f, 127.4f / 255, 127.6f / 255];
        byte[] expected = [0, 0, 0, 0, 1, 255, 255, 255, 127, 128];
        for (int channel = 0; channel < 3; channel++)
            for (int x = 0; x < 20; x++)
                tiles[(channel * 1024) + x] = values[x % 10];
        byte[] frame = new byte[60];

        new TileBlend(grid).Blend(tiles, frame);

        Assert.Equal(Enumerable.Range(0, 60).Select(i => expected[i / 3 % 10]), frame);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Some_tiles_cut_and_blended_again_equal_all_of_them(int width, int height)
    {
        Random random = new((width * 1000) + height);
        byte[] frame = new byte[width * height * 3];
        foreach (int overlap in new[] { 0, 4, 9, 12 })
        {
            TileGrid grid = new(width, height, 32, overlap);
            TileGather gather = new(grid);
            TileBlend blend = new(grid);
            float[] tiles = new float[grid.Count * grid.TileLength], some = new float[tiles.Length];
            byte[] whole = new byte[frame.Length], piecemeal = new byte[frame.Length];
            random.NextBytes(frame);
            gather.Gather(frame, tiles);
            blend.Blend(tiles, piecemeal);
            for (int round = 0; round < 5; round++)
            {
                // The new tiles belong to no common frame, as those of a purifier do not.
                int[] positions = [.. Enumerable.Range(0, grid.Count).Where(_ => random.Next(1 + round) == 0)];
                random.NextBytes(frame);
                gather.Gather(frame, positions, some);
                for (int i = 0; i < positions.Length; i++)
                    some.AsSpan(i * grid.TileLength, grid.TileLength).CopyTo(tiles.AsSpan(positions[i] * grid.TileLength));

                blend.Blend(tiles, whole);
                blend.Blend(tiles, positions, piecemeal);

                Assert.Equal(whole, piecemeal);
            }
        }
    }

    [Fact]
    public void Gather_and_blend_allocate_nothing_per_frame()
    {
        TileGrid grid = new(97, 61, 32, 4);
        float[] tiles = new float[grid.Count * grid.TileLength];
        byte[] frame = new byte[97 * 61 * 3];
        TileGather gather = new(grid);
        TileBlend blend = new(grid);
        gather.Gather(frame, tiles);
        blend.Blend(tiles, frame);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            gather.Gather(frame, tiles);
            blend.Blend(tiles, frame);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
