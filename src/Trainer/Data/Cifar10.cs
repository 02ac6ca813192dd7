using System.Diagnostics;
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
        string plain = Path.Combine(folder, name);
        byte[] records;
        if (File.Exists(plain))
            records = File.ReadAllBytes(plain);
        else if (File.Exists(plain + ".xz"))
            records = Decompress(plain + ".xz");
        else
            throw new UserErrorException(ExitCode.Failed, $"{plain}: not found, neither as .bin nor as .bin.xz. CIFAR-10's binary version holds it.");

        if (records.Length != RecordLength * RecordsPerFile)
            throw new UserErrorException(ExitCode.Failed, $"{plain}: {records.Length} bytes, expected {RecordLength * RecordsPerFile} (10,000 records of 3,073). Is the download whole?");
        for (int i = 0; i < records.Length; i += RecordLength)
        {
            if (records[i] > 9)
                throw new UserErrorException(ExitCode.Failed, $"{plain}: record {i / RecordLength} has label {records[i]}, expected 0..9. Is this CIFAR-10's binary format?");
        }

        return records;
    }

    private static byte[] Decompress(string path)
    {
        ProcessStartInfo start = new("xz") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("-dc");
        start.ArgumentList.Add(path);
        try
        {
            using Process process = Process.Start(start)!;
            using MemoryStream bytes = new(RecordLength * RecordsPerFile);
            process.StandardOutput.BaseStream.CopyTo(bytes);
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new UserErrorException(ExitCode.Failed, $"{path}: xz could not decompress it (exit {process.ExitCode}).");
            return bytes.ToArray();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new UserErrorException(ExitCode.Failed, $"{path}: the xz program is needed to read it. Install it: apt-get install xz-utils", missing);
        }
    }
}
