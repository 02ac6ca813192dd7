using Realtime.Filter.Metrics;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Metrics;

public sealed class SeamMetricTests
{
    [Fact]
    public void Tiles_that_differ_in_brightness_show_without_overlap_and_vanish_with_it()
    {
        Assert.InRange(RatioWithUnevenTiles(overlap: 0), 3, double.PositiveInfinity);
        Assert.InRange(RatioWithUnevenTiles(overlap: 4), 0.5, 1.25);
    }

    [Fact]
    public void A_picture_without_tiles_in_it_has_no_seam()
    {
        byte[] frame = Noise(200, 120, 6);

        Assert.InRange(SeamMetric.Ratio(frame, new TileGrid(200, 120, 32, 4)), 0.95, 1.05);
        Assert.Equal(1, SeamMetric.Ratio(new byte[200 * 120 * 3], new TileGrid(200, 120, 32, 4)));
    }

    // A noisy grey frame whose tiles each come back a little brighter or darker, as an imperfect purifier would give them.
    private static double RatioWithUnevenTiles(int overlap)
    {
        TileGrid grid = new(200, 120, 32, overlap);
        byte[] frame = Noise(200, 120, 2);
        float[] tiles = new float[grid.Count * grid.TileLength];
        new TileGather(grid).Gather(frame, tiles);
        for (int tile = 0; tile < grid.Count; tile++)
        {
            float offset = ((tile + (tile / grid.Columns)) % 2 == 0 ? 8 : -8) / 255f;
            foreach (ref float value in tiles.AsSpan(tile * grid.TileLength, grid.TileLength))
                value += offset;
        }

        new TileBlend(grid).Blend(tiles, frame);
        return SeamMetric.Ratio(frame, grid);
    }

    private static byte[] Noise(int width, int height, int amplitude)
    {
        Random random = new(3);
        byte[] frame = new byte[width * height * 3];
        for (int i = 0; i < frame.Length; i++)
            frame[i] = (byte)(128 + random.Next(-amplitude, amplitude + 1));
        return frame;
    }
}
