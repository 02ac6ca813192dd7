using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Tests.Data;

public sealed class Cifar100Tests : IDisposable
{
    private const int Record = 3074;

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-cifar100-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_fine_label_counts_and_the_set_is_found_by_its_files()
    {
        byte[] file = new byte[Record * 10000];
        file[Record] = 19;                      // second record: superclass,
        file[Record + 1] = 42;                  // class,
        file[Record + 2 + 1024] = 200;          // first green pixel
        File.WriteAllBytes(Path.Combine(folder, "test.bin"), file);
        WriteNames(100);

        IPictureSet set = PictureSets.OpenTest(folder);

        Assert.Equal(("cifar100-test", 10000, 32, 100), (set.Name, set.Count, set.Size, set.Labels.Count));
        Assert.Equal(42, set.Label(1));
        Assert.Equal(200, set.Picture(1)[1024]);
        UserErrorException other = Assert.Throws<UserErrorException>(() => PictureSets.MustFit(set, ClassifierArchitecture.ResNet20(10), "cifar10"));
        Assert.Contains("cifar10 takes pictures of 32 pixels in 10 classes", other.Message, StringComparison.Ordinal);
        PictureSets.MustFit(set, ClassifierArchitecture.ResNet20(100), "cifar100");
    }

    [Fact]
    public void Missing_short_and_wrong_files_are_named()
    {
        string path = Path.Combine(folder, "test.bin");
        File.WriteAllBytes(path, new byte[100]);
        Expect("100 bytes");
        byte[] wrong = new byte[Record * 10000];
        wrong[(Record * 5) + 1] = 100;
        File.WriteAllBytes(path, wrong);
        Expect("record 5 has class 100");
        wrong[(Record * 5) + 1] = 99;
        File.WriteAllBytes(path, wrong);
        Expect("fine_label_names.txt: not found");
        WriteNames(99);
        Expect("99 names");

        void Expect(string text)
        {
            UserErrorException error = Assert.Throws<UserErrorException>(() => PictureSets.OpenTest(folder));
            Assert.Equal(ExitCode.Failed, error.ExitCode);
            Assert.Contains(text, error.Message, StringComparison.Ordinal);
        }
    }

    private void WriteNames(int count) => File.WriteAllLines(Path.Combine(folder, "fine_label_names.txt"), Enumerable.Range(0, count).Select(i => $"class{i}"));
}
