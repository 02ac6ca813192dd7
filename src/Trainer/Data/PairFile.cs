using Realtime.Filter.Errors;

namespace Realtime.Trainer.Data;

/// <summary>
/// Adversarial pictures on disk: a line of settings, then the pictures as 8-bit planes. Written to NAME.tmp as they are made and renamed when whole,
/// so that what an interruption left is gone on with.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="settings">What its pictures depend on.</param>
public sealed class PairFile(string path, PairSettings settings)
{
    private readonly byte[] header = settings.Header();
    private readonly int length = 3 * settings.Size * settings.Size;

    private string Temporary => path + ".tmp";

    /// <summary>Whether the whole file is there.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="UserErrorException">It was made with other settings, or is broken off.</exception>
    public byte[][] Read()
    {
        using FileStream file = File.OpenRead(path);
        if (!Begins(file))
            throw new UserErrorException(ExitCode.Failed, $"{path}: holds pairs of other settings than its name says, or of an older version. Delete it, and they are made anew.");
        if (file.Length != header.Length + ((long)settings.Count * length))
            throw new UserErrorException(ExitCode.Failed, $"{path}: {file.Length:N0} bytes, expected {header.Length + ((long)settings.Count * length):N0}. It is broken off; delete it, and the pairs are made anew.");
        byte[][] pictures = new byte[settings.Count][];
        for (int i = 0; i < pictures.Length; i++)
            file.ReadExactly(pictures[i] = new byte[length]);
        return pictures;
    }

    /// <summary>Opens the temporary file behind the pictures that an interrupted run has finished.</summary>
    /// <param name="batch">Pictures are made by so many; a part of a batch is dropped.</param>
    /// <param name="done">Those pictures.</param>
    /// <exception cref="UserErrorException">The disk has no room for what is left.</exception>
    public FileStream Continue(int batch, out byte[][] done)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream file = new(Temporary, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        try
        {
            int whole = Begins(file) ? (int)Math.Min((file.Length - header.Length) / length / batch * batch, settings.Count) : 0;
            MustHaveRoom(path, ((long)settings.Count - whole) * length, FreeAt(path));
            file.Position = 0;
            file.Write(header);
            done = new byte[whole][];
            for (int i = 0; i < whole; i++)
                file.ReadExactly(done[i] = new byte[length]);
            file.SetLength(file.Position);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Gives the temporary file, whole and closed, its name.</summary>
    public void Complete() => File.Move(Temporary, path, overwrite: true);

    /// <summary>Refuses to begin what the disk cannot hold.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="needed">Bytes still to be written.</param>
    /// <param name="free">Bytes free.</param>
    public static void MustHaveRoom(string path, long needed, long free)
    {
        if (needed > free)
            throw new UserErrorException(ExitCode.Failed, $"{path}: the pairs need {needed / 1e6:N0} MB, {free / 1e6:N0} MB are free on this disk. Make room, or give --pairs a folder elsewhere.");
    }

    private static long FreeAt(string path) => new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace;

    private bool Begins(FileStream file)
    {
        byte[] found = new byte[header.Length];
        file.Position = 0;
        return file.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) == found.Length && found.AsSpan().SequenceEqual(header);
    }
}
