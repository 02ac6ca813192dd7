using Realtime.Filter.Errors;
using Realtime.Trainer.Data;

namespace Realtime.Trainer.Tests.Data;

public sealed class Cifar10Tests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-cifar-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Records_are_label_then_planes()
    {
        byte[] file = new byte[3073 * 10000];
        file[3073] = 7;                 // second record's label
        file[3073 + 1 + 1024] = 200;    // its first green pixel
        File.WriteAllBytes(Path.Combine(folder, "test_batch.bin"), file);
        IPictureSet set = Cifar10.Load(folder, train: false);

        Assert.Equal(10000, set.Count);
        Assert.Equal(7, set.Label(1));
        Assert.Equal(200, set.Picture(1)[1024]);
    }

    [Fact]
    public void A_missing_folder_a_missing_file_a_short_file_and_a_wrong_label_are_named()
    {
        Expect(Path.Combine(folder, "nowhere"), "no such folder");
        Expect(folder, "not found");
        string path = Path.Combine(folder, "test_batch.bin");
        File.WriteAllBytes(path, new byte[100]);
        Expect(folder, "100 bytes");
        byte[] wrong = new byte[3073 * 10000];
        wrong[3073 * 5] = 77;
        File.WriteAllBytes(path, wrong);
        Expect(folder, "record 5 has label 77");

        static void Expect(string where, string text)
        {
            UserErrorException error = Assert.Throws<UserErrorException>(() => Cifar10.Load(where, train: false));
            Assert.Equal(ExitCode.Failed, error.ExitCode);
            Assert.Contains(text, error.Message, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void The_shared_files_hold_a_thousand_test_pictures_of_each_class()
    {
        string shared = SharedData.Folder("data/cifar-10-batches-bin");
        Skip.If(shared.Length == 0, "../shared/data/cifar-10-batches-bin is not here.");
        IPictureSet set = Cifar10.Load(shared, train: false);
        int[] counts = new int[10];
        for (int i = 0; i < set.Count; i++)
            counts[set.Label(i)]++;

        Assert.All(counts, c => Assert.Equal(1000, c));
    }

    [Fact]
    public void Mirror_and_shift_move_pixels_where_they_should()
    {
        byte[] picture = [.. Enumerable.Range(0, 48).Select(i => (byte)i)];     // 4x4, three planes
        float[] moved = new float[48];
        new Augmentation(Mirror: true, ShiftX: 0, ShiftY: 0).Apply(picture, moved, 4);
        Assert.Equal(3 / 255f, moved[0]);
        Assert.Equal((16 + 4) / 255f, moved[16 + 7]);
        new Augmentation(Mirror: false, ShiftX: 1, ShiftY: 2).Apply(picture, moved, 4);
        Assert.Equal(picture[0] / 255f, moved[2 * 4 + 1]);
        Assert.Equal(picture[2 * 4 + 1] / 255f, moved[0]);     // reflected: two rows up is row 2, one column left is column 1
    }

    [Fact]
    public void An_epoch_sees_every_picture_once_and_the_next_in_another_order()
    {
        int[] first = [.. Enumerable.Range(1, 5).SelectMany(s => EpochOrder.Of(50, 10, s, seed: 3))];
        int[] second = [.. Enumerable.Range(6, 5).SelectMany(s => EpochOrder.Of(50, 10, s, seed: 3))];

        Assert.Equal(Enumerable.Range(0, 50), first.Order());
        Assert.Equal(Enumerable.Range(0, 50), second.Order());
        Assert.NotEqual(first, second);
    }
}
