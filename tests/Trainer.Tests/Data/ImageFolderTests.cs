using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Trainer.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-folder-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Subfolders_are_classes_and_alternate()
    {
        Save("cat/1.png", 16, 16, 10);
        Save("cat/2.png", 16, 16, 20);
        Save("ant/1.png", 16, 16, 30);

        IPictureSet set = PictureSets.OpenTest(folder);

        Assert.Equal(["ant", "cat"], set.Labels);
        Assert.Equal((3, 16), (set.Count, set.Size));
        Assert.Equal([0, 1, 1], Enumerable.Range(0, 3).Select(set.Label));
        Assert.Equal([30, 10, 20], Enumerable.Range(0, 3).Select(i => (int)set.Picture(i)[0]));
        Assert.Equal([40, 50], [set.Picture(0)[256], set.Picture(0)[512]]);
    }

    [Fact]
    public void Training_and_test_pictures_lie_in_subfolders_with_the_same_classes()
    {
        Save("train/ant/1.png", 16, 16, 10);
        Save("train/cat/1.png", 16, 16, 20);
        Save("val/ant/1.png", 16, 16, 30);
        Save("val/cat/1.png", 16, 16, 40);
        Save("val/cat/2.png", 16, 16, 50);

        (IPictureSet train, IPictureSet test) = PictureSets.Open(folder, 0, 1);

        Assert.Equal((2, 3), (train.Count, test.Count));
        Assert.Equal(train.Labels, test.Labels);
        Assert.EndsWith("-train", train.Name, StringComparison.Ordinal);
        Assert.Equal(3, PictureSets.OpenTest(folder).Count);
        Assert.Equal(8, PictureSets.Open(folder, 0, 1, resize: 8).Train.Size);

        Save("val/bee/1.png", 16, 16, 50);
        Assert.Contains("'bee' is in one of them only", TrainingFault(), StringComparison.Ordinal);
        Directory.Delete(Path.Combine(folder, "val", "bee"), recursive: true);
        Save("val/ant/1.png", 12, 12, 30);
        Save("val/cat/1.png", 12, 12, 30);
        Save("val/cat/2.png", 12, 12, 30);
        Assert.Contains("pictures of 16 pixels", TrainingFault(), StringComparison.Ordinal);
        Directory.Delete(Path.Combine(folder, "train"), recursive: true);
        Assert.Contains("training pictures are expected", TrainingFault(), StringComparison.Ordinal);

        string TrainingFault() => Assert.Throws<UserErrorException>(() => PictureSets.Open(folder, 0, 1)).Message;
    }

    [Fact]
    public void Classes_without_a_test_part_and_names_with_commas_are_refused()
    {
        Save("ant/1.png", 16, 16, 10);
        Save("cat, big/1.png", 16, 16, 20);

        Assert.Contains("no training and test pictures apart", Assert.Throws<UserErrorException>(() => PictureSets.Open(folder, 0, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("cat, big", Fault().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(100_000)]
    public void A_size_that_is_none_is_refused(int resize)
    {
        Save("cat/1.png", 16, 16, 10);
        Save("ant/1.png", 16, 16, 30);

        UserErrorException error = Assert.Throws<UserErrorException>(() => PictureSets.OpenTest(folder, resize));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains($"found {resize}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resizing_takes_the_middle_and_averages_areas()
    {
        // Columns 0..5 hold 0, 30, 60, ...: the middle four of them, two by two.
        byte[] pixels = [.. Enumerable.Range(0, 6 * 4).SelectMany(p => new byte[] { (byte)(p % 6 * 30), 0, 9 })];
        Directory.CreateDirectory(Path.Combine(folder, "a"));
        Directory.CreateDirectory(Path.Combine(folder, "b"));
        using (Image<Rgb24> image = Image.LoadPixelData<Rgb24>(pixels, 6, 4))
        {
            image.SaveAsPng(Path.Combine(folder, "a", "x.png"));
            image.SaveAsPng(Path.Combine(folder, "b", "x.png"));
        }

        IPictureSet set = PictureSets.OpenTest(folder, resize: 2);

        Assert.Equal([45, 105, 45, 105, 0, 0, 0, 0, 9, 9, 9, 9], set.Picture(0).ToArray().Select(v => (int)v));
    }

    [Fact]
    public void Mixed_sizes_and_broken_files_are_named()
    {
        Save("a/1.png", 16, 16, 1);
        Save("b/1.png", 12, 12, 1);
        Assert.Contains("1.png: 12x12 pixels", Fault().Message, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(folder, "b", "1.png"), "no picture");
        Assert.Contains("cannot be read as a picture", Fault().Message, StringComparison.Ordinal);

        Save("b/1.png", 16, 12, 1);
        Assert.Contains("expected a square", Fault().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_ends_where_it_is_cancelled()
    {
        for (int i = 0; i < 8; i++)
            Save($"a/{i}.png", 16, 16, (byte)i);
        Save("b/1.png", 16, 16, 1);
        using CancellationTokenSource stop = new();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => PictureSets.OpenTest(folder, cancellation: stop.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => PictureSets.OpenTest("solids", cancellation: stop.Token));
    }

    [Fact]
    public void Resize_is_refused_where_it_means_nothing() =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<UserErrorException>(() => PictureSets.OpenTest("solids", resize: 32)).ExitCode);

    private UserErrorException Fault() => Assert.Throws<UserErrorException>(() => PictureSets.OpenTest(folder));

    private void Save(string name, int width, int height, byte red)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>([.. Enumerable.Range(0, width * height).SelectMany(_ => new[] { red, (byte)(red + 10), (byte)(red + 20) })], width, height);
        image.SaveAsPng(path);
    }
}
