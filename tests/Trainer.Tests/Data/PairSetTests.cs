using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Tests.Data;

public sealed class PairSetTests : IDisposable
{
    private const int Count = 600;          // two batches of 250 and a part

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-pairs-").FullName;
    private readonly IPictureSet pictures = TinyNets.Pictures(Count, 1);
    private readonly ResNetClassifier classifier = TinyNets.NewClassifier();

    public PairSetTests() => classifier.eval();

    public void Dispose()
    {
        classifier.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_interrupted_run_goes_on_and_ends_with_the_same_pairs()
    {
        byte[] whole = MadeAtOnce();
        string path = Directory.EnumerateFiles(folder).Single();
        int header = Array.IndexOf(whole, (byte)'\n') + 1;
        // As if killed in the middle of the second batch: one batch is whole, of the next a picture and a half.
        File.WriteAllBytes(path + ".tmp", whole[..(header + (251 * 768) + 300)]);
        byte marked = (byte)(whole[header] ^ 1);
        using (FileStream half = File.OpenWrite(path + ".tmp"))
        {
            half.Position = header;
            half.WriteByte(marked);
        }

        File.Delete(path);
        PairSet resumed = Open(new Pgd(8 / 255f, 4 / 255f, 1));

        Assert.Equal(marked, resumed.Picture(0)[0]);       // taken over, not made again
        byte[] now = File.ReadAllBytes(path);
        now[header] = whole[header];
        Assert.Equal(whole, now);
        Assert.False(File.Exists(path + ".tmp"));
    }

    [Fact]
    public void Other_settings_are_other_files()
    {
        Open(new Pgd(8 / 255f, 4 / 255f, 1));
        Open(new Pgd(8 / 255f, 2 / 255f, 1));       // the name in tables is the same, the step is not

        Assert.Equal(2, Directory.EnumerateFiles(folder, "*.pairs").Count());
    }

    [Fact]
    public void Broken_and_foreign_files_are_named()
    {
        byte[] whole = MadeAtOnce();
        string path = Directory.EnumerateFiles(folder).Single();

        File.WriteAllBytes(path, whole[..^1]);
        Assert.Contains("It is broken off", Fault(), StringComparison.Ordinal);
        whole[5] ^= 1;
        File.WriteAllBytes(path, whole);
        Assert.Contains("other settings", Fault(), StringComparison.Ordinal);

        string Fault() => Assert.Throws<UserErrorException>(() => Open(new Pgd(8 / 255f, 4 / 255f, 1))).Message;
    }

    [Fact]
    public void A_disk_too_small_and_a_classifier_of_other_pictures_are_refused_before_the_first_attack()
    {
        PairFile.MustHaveRoom("here.pairs", 1000, 1000);
        string message = Assert.Throws<UserErrorException>(() => PairFile.MustHaveRoom("here.pairs", 3_000_000, 2_000_000)).Message;
        Assert.Contains("here.pairs: the pairs need 3 MB, 2 MB are free", message, StringComparison.Ordinal);

        using ResNetClassifier other = new(ClassifierArchitecture.ResNet20(10), new Precision(TorchSharp.torch.ScalarType.Float32));
        UserErrorException fault = Assert.Throws<UserErrorException>(() => PairSet.Open(pictures, Count, new Pgd(0.1f, 0.1f, 1), other, "cifar10", folder, 1, CancellationToken.None));
        Assert.Equal(ExitCode.Usage, fault.ExitCode);
    }

    private byte[] MadeAtOnce()
    {
        Open(new Pgd(8 / 255f, 4 / 255f, 1));
        return File.ReadAllBytes(Directory.EnumerateFiles(folder).Single());
    }

    private PairSet Open(IAttack attack) => PairSet.Open(pictures, Count, attack, classifier, "tiny", folder, 1, CancellationToken.None);
}
