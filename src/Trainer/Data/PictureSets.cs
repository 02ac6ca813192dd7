using Realtime.Filter.Errors;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Data;

/// <summary>Opens a picture set by what the user gives for --data.</summary>
public static class PictureSets
{
    private const ulong SolidsTestSeed = 1_000_003;     // no training seed that a user would choose
    private const int SolidsTestCount = 1000;
    private const int LargestEdge = 4096;

    /// <summary>What --data may be, for help and messages.</summary>
    public const string Forms = "a folder with CIFAR-10's or CIFAR-100's binary files (.bin or .bin.xz), one whose subfolders train and test (or val) hold a subfolder of pictures for each class, or 'solids' for the built-in set";

    /// <summary>The training and the test set of <paramref name="data"/>.</summary>
    /// <param name="data">See <see cref="Forms"/>.</param>
    /// <param name="count">Training pictures to render (solids).</param>
    /// <param name="seed">Seed of the rendered pictures.</param>
    /// <param name="resize">Edge length for the pictures of subfolders; null to take them as they are.</param>
    /// <param name="cancellation">Ends the reading of many pictures.</param>
    /// <exception cref="UserErrorException">Nothing of this kind is there, or a file is broken, or --resize does not apply.</exception>
    public static (IPictureSet Train, IPictureSet Test) Open(string data, int count, int seed, int? resize = null, CancellationToken cancellation = default)
    {
        MustBeEdge(resize);
        if (data != "solids" && ImageFolder.TestPart(data) is string test)
        {
            if (!ImageFolder.Is(Path.Combine(data, "train")))
                throw new UserErrorException(ExitCode.Failed, $"{Path.Combine(data, "train")}: not there, or without a subfolder of pictures for each class; {test} has them, so training pictures are expected beside it.");
            return ImageFolder.LoadBoth(Path.Combine(data, "train"), test, resize, cancellation);
        }

        if (data != "solids" && ImageFolder.Is(data))
            throw new UserErrorException(ExitCode.Failed, $"{data}: holds classes, but no training and test pictures apart. Put them into {Path.Combine(data, "train")} and {Path.Combine(data, "test")}, each with a subfolder for each class.");
        MustNotResize(resize, data);
        return data == "solids" ? (SolidsSet.Render("solids-train", (ulong)seed, count, cancellation), SolidsTest(cancellation))
            : Cifar100.Is(data) ? (Cifar100.Load(data, train: true), Cifar100.Load(data, train: false))
            : (Cifar10.Load(data, train: true), Cifar10.Load(data, train: false));
    }

    /// <summary>The test set alone.</summary>
    /// <param name="data">See <see cref="Forms"/>; also a folder with a subfolder of pictures for each class.</param>
    /// <param name="resize">Edge length for the pictures of subfolders; null to take them as they are.</param>
    /// <param name="cancellation">Ends the reading of many pictures.</param>
    /// <exception cref="UserErrorException">Nothing of this kind is there, or a file is broken, or --resize does not apply.</exception>
    public static IPictureSet OpenTest(string data, int? resize = null, CancellationToken cancellation = default)
    {
        MustBeEdge(resize);
        if (data != "solids" && (ImageFolder.TestPart(data) ?? (ImageFolder.Is(data) ? data : null)) is string folder)
            return ImageFolder.Load(folder, resize, cancellation);
        MustNotResize(resize, data);
        return data == "solids" ? SolidsTest(cancellation) : Cifar100.Is(data) ? Cifar100.Load(data, train: false) : Cifar10.Load(data, train: false);
    }

    /// <summary>Refuses a classifier that was made for other pictures, before hours are spent.</summary>
    /// <param name="set">The pictures.</param>
    /// <param name="classifier">What shall look at them.</param>
    /// <param name="name">The classifier's name, for the message.</param>
    /// <exception cref="UserErrorException">Its picture size or number of classes is another (usage).</exception>
    public static void MustFit(IPictureSet set, ClassifierArchitecture classifier, string name)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(classifier);
        if (set.Size != classifier.Size || set.Labels.Count != classifier.Classes)
            throw new UserErrorException(ExitCode.Usage, $"{name} takes pictures of {classifier.Size} pixels in {classifier.Classes} classes, {set.Name} has {set.Size} pixels and {set.Labels.Count} classes. Give a classifier that was trained on such pictures.");
    }

    private static IPictureSet SolidsTest(CancellationToken cancellation) => SolidsSet.Render("solids-test", SolidsTestSeed, SolidsTestCount, cancellation);

    private static void MustBeEdge(int? resize)
    {
        if (resize is < 1 or > LargestEdge)
            throw new UserErrorException(ExitCode.Usage, $"--resize must be 1 to {LargestEdge} pixels, found {resize}.");
    }

    private static void MustNotResize(int? resize, string data)
    {
        if (resize is not null)
            throw new UserErrorException(ExitCode.Usage, $"--resize is for folders with a subfolder of pictures for each class; '{data}' is none.");
    }
}
