using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Realtime.Filter.Devices;

namespace Realtime.Filter.Purifiers;

/// <summary>
/// Which batch size was fastest when it was last measured here, so that a start need not measure again: a small file for each model, processor,
/// number of cores and of tiles. It counts for a week, because the measurement may have been taken while the machine was busy.
/// </summary>
/// <param name="folder">Where the files are; made when needed.</param>
internal sealed class BatchSizeMemory(string folder)
{
    private const int Method = 3;   // of measuring, and of what is done to a model when it is loaded: another one finds other sizes

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>That of this user.</summary>
    public static BatchSizeMemory OfUser => new(UserCache.Folder("batch-sizes"));

    /// <summary>The name of an entry; another one as soon as anything differs that the speed of batches depends on.</summary>
    /// <param name="modelHash">SHA-256 of the model's file.</param>
    /// <param name="runtime">Version of ONNX Runtime.</param>
    /// <param name="threads">Cores at work.</param>
    /// <param name="tiles">Tiles of a frame.</param>
    public static string Key(string modelHash, string runtime, int threads, int tiles) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Method}\n{modelHash}\n{runtime}\n{Processor.Describe()}\n{threads}\n{tiles}"))))[..32];

    /// <summary>The batch size that was kept; null where there is none that counts, and it has to be measured.</summary>
    public int? Find(string key)
    {
        string path = Path.Combine(folder, key);
        try
        {
            bool counts = File.Exists(path) && DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < Lifetime;
            return counts && int.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0 ? size : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;    // measured again, which costs part of a second
        }
    }

    /// <summary>Keeps a batch size. Where nothing can be written nothing is kept: the next start measures again.</summary>
    public void Keep(string key, int size)
    {
        try
        {
            UserCache.Write(Path.Combine(folder, key), Encoding.UTF8.GetBytes(size.ToString(CultureInfo.InvariantCulture)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Said above: measured again, which costs part of a second.
        }
    }
}
