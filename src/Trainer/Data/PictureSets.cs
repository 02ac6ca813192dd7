namespace Realtime.Trainer.Data;

/// <summary>Opens a picture set by what the user gives for --data.</summary>
public static class PictureSets
{
    private const ulong SolidsTestSeed = 1_000_003;     // no training seed that a user would choose
    private const int SolidsTestCount = 1000;

    /// <summary>The training and the test set of <paramref name="data"/>.</summary>
    /// <param name="data">A folder of CIFAR-10 files, or "solids".</param>
    /// <param name="count">Training pictures to render (solids).</param>
    /// <param name="seed">Seed of the rendered pictures.</param>
    public static (IPictureSet Train, IPictureSet Test) Open(string data, int count, int seed) => data == "solids"
        ? (SolidsSet.Render("solids-train", (ulong)seed, count), SolidsTest())
        : (Cifar10.Load(data, train: true), Cifar10.Load(data, train: false));

    /// <summary>The test set alone.</summary>
    public static IPictureSet OpenTest(string data) => data == "solids" ? SolidsTest() : Cifar10.Load(data, train: false);

    private static IPictureSet SolidsTest() => SolidsSet.Render("solids-test", SolidsTestSeed, SolidsTestCount);
}
