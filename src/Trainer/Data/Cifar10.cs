using Realtime.Filter.Errors;

namespace Realtime.Trainer.Data;

/// <summary>Reads CIFAR-10 in its official binary format, from .bin files or from .bin.xz (by the xz program).</summary>
public static class Cifar10
{
    private const int RecordLength = 1 + 3072;
    private const int RecordsPerFile = 10000;

    /// <summary>The class names in label order.</summary>
    public static IReadOnlyList<string> Labels { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads the 50,000 training or the 10,000 test pictures from <paramref name="folder"/>.</summary>
    /// <exception cref="UserErrorException">A file is missing, or not CIFAR-10.</exception>
    public static IPictureSet Load(string folder, bool train)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException(ExitCode.Failed, $"{folder}: no such folder. Give --data the folder that holds CIFAR-10's data_batch_1.bin .. test_batch.bin (or .bin.xz).");
        string[] names = train ? [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")] : ["test_batch.bin"];
        return new MemoryPictureSet(train ? "cifar10-train" : "cifar10-test", 32, Labels, [.. names.Select(n => ReadFile(folder, n))]);
    }

    private static byte[] ReadFile(string folder, string name)
    {
        byte[] records = RecordFile.Read(folder, name, RecordsPerFile, RecordLength, "CIFAR-10's binary version");
        for (int i = 0; i < records.Length; i += RecordLength)
        {
            if (records[i] > 9)
                throw new UserErrorException(ExitCode.Failed, $"{Path.Combine(folder, name)}: record {i / RecordLength} has label {records[i]}, expected 0..9. Is this CIFAR-10's binary format?");
        }

        return records;
    }
}
