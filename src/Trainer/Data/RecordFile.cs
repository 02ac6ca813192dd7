using System.Diagnostics;
using Realtime.Filter.Errors;

namespace Realtime.Trainer.Data;

/// <summary>Files of records of one length, as CIFAR's binary versions have them: plain, or compressed as .xz (read by the xz program).</summary>
internal static class RecordFile
{
    /// <summary>Whether the file is there, in either form.</summary>
    internal static bool Exists(string folder, string name) => File.Exists(Path.Combine(folder, name)) || File.Exists(Path.Combine(folder, name + ".xz"));

    /// <summary>Reads a whole file.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="name">NAME, or NAME.xz beside it.</param>
    /// <param name="records">How many records it must hold.</param>
    /// <param name="recordLength">Bytes of a record.</param>
    /// <param name="version">What it should be, for the message ("CIFAR-10's binary version").</param>
    /// <exception cref="UserErrorException">It is missing or of another length, or xz is missing or fails.</exception>
    internal static byte[] Read(string folder, string name, int records, int recordLength, string version)
    {
        string plain = Path.Combine(folder, name);
        byte[] bytes = File.Exists(plain) ? File.ReadAllBytes(plain)
            : File.Exists(plain + ".xz") ? Decompress(plain + ".xz", records * recordLength)
            : throw new UserErrorException(ExitCode.Failed, $"{plain}: not found, neither as {Path.GetExtension(name)} nor as {Path.GetExtension(name)}.xz. {version} holds it.");
        if (bytes.Length != records * recordLength)
            throw new UserErrorException(ExitCode.Failed, $"{plain}: {bytes.Length} bytes, expected {records * recordLength} ({records:N0} records of {recordLength:N0}). Is the download whole?");
        return bytes;
    }

    private static byte[] Decompress(string path, int length)
    {
        ProcessStartInfo start = new("xz") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("-dc");
        start.ArgumentList.Add(path);
        try
        {
            using Process process = Process.Start(start)!;
            using MemoryStream bytes = new(length);
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
