using Realtime.Filter.Errors;

namespace Realtime.Trainer.Data;

/// <summary>Reads CIFAR-100 in its official binary format: train.bin and test.bin (or .bin.xz) and fine_label_names.txt. The 100 fine classes count.</summary>
public static class Cifar100
{
    private const int Classes = 100;
    private const int FileRecord = 2 + 3072;        // the label of the superclass, the label of the class, pixels
    private const int Record = FileRecord - 1;
    private const string Names = "fine_label_names.txt";

    /// <summary>Whether <paramref name="folder"/> holds it.</summary>
    public static bool Is(string folder) => RecordFile.Exists(folder, "test.bin");

    /// <summary>Reads the 50,000 training or the 10,000 test pictures from <paramref name="folder"/>.</summary>
    /// <exception cref="UserErrorException">A file is missing, or not CIFAR-100.</exception>
    public static IPictureSet Load(string folder, bool train)
    {
        string name = train ? "train.bin" : "test.bin";
        int count = train ? 50_000 : 10_000;
        byte[] file = RecordFile.Read(folder, name, count, FileRecord, "CIFAR-100's binary version");
        byte[] records = new byte[count * Record];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> from = file.AsSpan(i * FileRecord, FileRecord);
            if (from[1] >= Classes)
                throw new UserErrorException(ExitCode.Failed, $"{Path.Combine(folder, name)}: record {i} has class {from[1]}, expected 0..{Classes - 1}. Is this CIFAR-100's binary format?");
            from[1..].CopyTo(records.AsSpan(i * Record));
        }

        return new MemoryPictureSet(train ? "cifar100-train" : "cifar100-test", 32, Labels(folder), [records]);
    }

    private static string[] Labels(string folder)
    {
        string path = Path.Combine(folder, Names);
        if (!File.Exists(path))
            throw new UserErrorException(ExitCode.Failed, $"{path}: not found. CIFAR-100's binary version holds it: the names of the {Classes} classes, a line each.");
        string[] labels = [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
        return labels.Length == Classes
            ? labels
            : throw new UserErrorException(ExitCode.Failed, $"{path}: {labels.Length} names, expected {Classes}, a line each.");
    }
}
