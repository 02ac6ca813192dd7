using Realtime.Filter.Errors;

namespace Realtime.Trainer.Data;

/// <summary>Opens a picture set by what the user gives for --data.</summary>
public static class PictureSets
{
    private const ulong SolidsTestSeed = 1_000_003;     // no training seed that a user would choose
    private const int SolidsTestCount = 1000;
    private const int LargestEdge = 4096;

    /// <summary>The training and the test set of <paramref name="data"/>.</summary>
    /// <param name="data">A folder of CIFAR-10 files, or "solids".</param>
    /// <param name="count">Training pictures to render (solids).</param>
    /// <param name="seed">Seed of the rendered pictures.</param>
    public static (IPictureSet Train, IPictureSet Test) Open(string data, int count, int seed) => data == "solids"
        ? (SolidsSet.Render("solids-train", (ulong)seed, count), SolidsTest())
        : (Cifar10.Load(data, train: true), Cifar10.Load(data, train: false));

    /// <summary>The test set alone.</summary>
    /// <param name="data">A folder of CIFAR-10 files, one with a subfolder of pictures for each class, or "solids".</param>
    /// <param name="resize">Edge length for the pictures of subfolders; null to take them as they are.</param>
    /// <exception cref="UserErrorException">Nothing of this kind is there, or a file is broken, or --resize does not apply.</exception>
    public static IPictureSet OpenTest(string data, int? resize = null)
    {
        if (resize is < 1 or > LargestEdge)
            throw new UserErrorException(ExitCode.Usage, $"--resize must be 1 to {LargestEdge} pixels, found {resize}.");
        if (data != "solids" && ImageFolder.Is(data))
            return ImageFolder.Load(data, resize);
        if (resize is not null)
            throw new UserErrorException(ExitCode.Usage, $"--resize is for folders with a subfolder of pictures for each class; '{data}' is none.");
        return data == "solids" ? SolidsTest() : Cifar10.Load(data, train: false);
    }

    private static IPictureSet SolidsTest() => SolidsSet.Render("solids-test", SolidsTestSeed, SolidsTestCount);
}
