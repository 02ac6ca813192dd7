using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Tests.Purifiers;

/// <summary>
/// What reuse within a tolerance may cost: the argument of docs/performance.md, "Unchanged tiles". An identity purifier shows which input each
/// output stands for.
/// </summary>
public sealed class TileToleranceTests : IDisposable
{
    private const int Width = 96;
    private const int Height = 64;

    private readonly TinyModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData("creep", 1)]
    [InlineData("creep", 4)]
    [InlineData("alternate", 1)]
    [InlineData("alternate", 3)]
    [InlineData("wander", 2)]
    public void Every_output_is_the_purification_of_an_input_within_the_tolerance_of_the_one_shown(string attack, int tolerance)
    {
        byte[][] shown = Attack(attack, tolerance);
        using OnnxPurifier identity = OnnxPurifier.Open(models.Identity(), 1);
        using OnnxPurifier purifier = OnnxPurifier.Open(ModelCatalog.Resolve("maep-patch4"), 2);

        // Tiles side by side, so that the picture of what was purified is one picture.
        PurifiedStream sources = PurifiedStream.Of(identity, shown, Width, Height, 0, tolerance);
        PurifiedStream reused = PurifiedStream.Of(purifier, shown, Width, Height, 0, tolerance);
        PurifiedStream attackedDirectly = PurifiedStream.Of(purifier, sources.Pictures, Width, Height, 0, tolerance: null);

        Assert.True(reused.Tiles.Reused > 0, "nothing was reused: the test shows nothing");
        Assert.Equal(sources.Tiles, reused.Tiles);
        for (int i = 0; i < shown.Length; i++)
            Assert.InRange(Largest(shown[i], sources.Pictures[i]), 0, tolerance);
        Assert.Equal(attackedDirectly.Pictures, reused.Pictures);
    }

    [Fact]
    public void Steps_within_the_tolerance_do_not_add_up()
    {
        byte[][] shown = Attack("creep", 1);
        using OnnxPurifier identity = OnnxPurifier.Open(models.Identity(), 1);

        PurifiedStream sources = PurifiedStream.Of(identity, shown, Width, Height, 4, tolerance: 1);

        // The last frame is some levels from the first. Compared with the frame before, each would pass, and the first would be shown for ever.
        Assert.True(Largest(shown[0], shown[^1]) > 4);
        Assert.InRange(Largest(shown[^1], sources.Pictures[^1]), 0, 1);
    }

    [Fact]
    public void A_still_scene_with_the_noise_of_a_codec_is_purified_once_within_the_tolerance_and_always_without()
    {
        byte[][] shown = Attack("alternate", 1);
        using OnnxPurifier identity = OnnxPurifier.Open(models.Identity(), 1);

        Assert.Equal(6, PurifiedStream.Of(identity, shown, Width, Height, 0, tolerance: 1).Tiles.Purified);
        Assert.Equal(0, PurifiedStream.Of(identity, shown, Width, Height, 0, tolerance: 0).Tiles.Reused);
    }

    // Frames of an attacker who knows the tolerance: each within it of the one before.
    private static byte[][] Attack(string kind, int tolerance)
    {
        Random random = new(3);
        byte[] clean = new byte[Width * Height * 3];
        for (int i = 0; i < clean.Length; i++)
            clean[i] = (byte)random.Next(60, 190);
        int[] direction = [.. clean.Select(_ => random.Next(2) == 0 ? 1 : -1)];
        byte[][] frames = new byte[12][];
        frames[0] = clean;
        for (int frame = 1; frame < frames.Length; frame++)
        {
            frames[frame] = new byte[clean.Length];
            for (int i = 0; i < clean.Length; i++)
            {
                int step = kind switch
                {
                    "creep" => direction[i] * frame * ((tolerance + 1) / 2),
                    "alternate" => frame % 2 == 0 ? 0 : direction[i] * tolerance,
                    _ => frames[frame - 1][i] - clean[i] + random.Next(-1, 2),
                };
                frames[frame][i] = (byte)(clean[i] + step);
            }
        }

        return frames;
    }

    private static int Largest(byte[] first, byte[] second) => first.Zip(second, (a, b) => Math.Abs(a - b)).Max();
}
