using Realtime.Filter.Demo;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Demo;

public class DemoScoreTests
{
    [Fact]
    public void A_brighter_tile_shows_as_steps_at_its_borders_and_only_in_the_purified_picture()
    {
        TileGrid grid = new(48, 48, 16, 0);
        byte[] raw = new byte[48 * 48 * 3];
        new Random(1).NextBytes(raw);
        for (int i = 0; i < raw.Length; i++)
            raw[i] = (byte)(100 + (raw[i] % 8));
        byte[] purified = [.. raw];
        for (int y = 16; y < 32; y++)
        {
            foreach (ref byte value in purified.AsSpan(((y * 48) + 16) * 3, 16 * 3))
                value += 40;
        }

        DemoScore score = new();
        score.Compare(raw, raw, raw, grid);
        Assert.InRange(score.PurifiedSeams, 0.95, 1.05);
        score.Compare(raw, raw, purified, grid);

        Assert.InRange(score.RawSeams, 0.95, 1.05);
        Assert.True(score.PurifiedSeams > 1.5, $"{score.PurifiedSeams}");
    }
}
