using Realtime.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Training;

public sealed class RandomCombinationTests
{
    private const int Count = 5, Size = 16, Patch = 4, Patches = 16;

    [Fact]
    public void A_binary_combination_takes_every_patch_whole_from_one_of_its_sources()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor purified = TinyNets.RandomPictures(Count, Size, 1), attacked = TinyNets.RandomPictures(Count, Size, 2);
        float[] mixed = TinyNets.Floats(RandomCombination.Mix(purified, attacked, RandomCombination.Draw(Count, Size, Patch, CombinationKind.Binary, new Random(3))));
        float[] first = TinyNets.Floats(purified), second = TinyNets.Floats(attacked);
        Dictionary<(int, int), bool> isAttacked = [];
        for (int i = 0; i < mixed.Length; i++)
        {
            Assert.True(mixed[i] == first[i] || mixed[i] == second[i]);
            Assert.Equal(isAttacked.TryAdd(PatchOf(i), mixed[i] == second[i]) ? mixed[i] == second[i] : isAttacked[PatchOf(i)], mixed[i] == second[i]);
        }

        int[] shares = [.. Enumerable.Range(0, Count).Select(b => isAttacked.Count(pair => pair.Key.Item1 == b && pair.Value))];
        Assert.All(shares, share => Assert.Contains(share, new[] { Patches / 2, Patches / 3, Patches / 4 }));
    }

    [Fact]
    public void A_grey_combination_lies_between_its_sources_at_one_share_a_patch()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor purified = ones([Count, 3, Size, Size]), attacked = zeros([Count, 3, Size, Size]);
        float[] mixed = TinyNets.Floats(RandomCombination.Mix(purified, attacked, RandomCombination.Draw(Count, Size, Patch, CombinationKind.Grey, new Random(3))));
        float[][] shares = [.. mixed.Index().GroupBy(pair => PatchOf(pair.Index)).Select(patch => patch.Select(pair => pair.Item).Distinct().ToArray())];

        Assert.All(shares, share => Assert.InRange(Assert.Single(share), 0, 1));
        Assert.Equal(Count * Patches, shares.Select(share => share[0]).Distinct().Count());
    }

    private static (int Picture, int Patch) PatchOf(int pixel) => (pixel / (3 * Size * Size), pixel / Size % Size / Patch * (Size / Patch) + pixel % Size / Patch);
}
