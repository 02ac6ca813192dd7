using Realtime.Filter.Corruptions;
using Realtime.Trainer.Data;

namespace Realtime.Trainer.Tests.Data;

public sealed class CorruptedSetTests
{
    private const int Size = 4;

    private static IPictureSet Set(int count)
    {
        Random random = new(5);
        byte[] records = new byte[count * (1 + (3 * Size * Size))];
        random.NextBytes(records);
        for (int i = 0; i < count; i++)
            records[i * (1 + (3 * Size * Size))] = (byte)(i % 3);
        return new MemoryPictureSet("noise", Size, ["a", "b", "c"], [records]);
    }

    [Fact]
    public void Pictures_change_and_labels_stay()
    {
        IPictureSet set = Set(6);
        CorruptedSet corrupted = new(set, CorruptionFactory.Create("brightness-3"), 4, seed: 0);
        float[] floats = [.. set.Picture(2).ToArray().Select(value => value / 255f)], expected = new float[floats.Length];
        CorruptionFactory.Create("brightness-3").Apply(floats, [], expected);

        Assert.Equal(("noise, brightness-3", 4, Size), (corrupted.Name, corrupted.Count, corrupted.Size));
        Assert.Equal([.. expected.Select(value => (byte)MathF.Round(value * 255))], corrupted.Picture(2).ToArray());
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(set.Label(i), corrupted.Label(i)));
    }

    [Fact]
    public void Companions_hang_on_seed_and_picture_and_not_on_the_count()
    {
        IPictureSet set = Set(40);
        ICorruption transfer = CorruptionFactory.Create("colour-transfer");
        CorruptedSet few = new(set, transfer, 3, seed: 1), all = new(set, transfer, 40, seed: 1), others = new(set, transfer, 40, seed: 2);

        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(all.Picture(i).ToArray(), few.Picture(i).ToArray()));
        Assert.Contains(Enumerable.Range(0, 40), i => !all.Picture(i).SequenceEqual(others.Picture(i)));
        // A picture that met itself would come out as it was.
        Assert.All(Enumerable.Range(0, 40), i => Assert.False(all.Picture(i).SequenceEqual(set.Picture(i))));
    }
}
