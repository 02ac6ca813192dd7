using System.Security.Cryptography;
using System.Text;

namespace Realtime.Filter.Batch;

/// <summary>One file of a batch.</summary>
/// <param name="Name">What messages and reports call it: its path from the input folder on.</param>
/// <param name="Path">Its full path.</param>
/// <param name="OutputName">The output's path from the output folder on.</param>
/// <param name="IsPicture">A still picture rather than a video.</param>
/// <param name="Bytes">Its size; 0 where it does not exist.</param>
internal sealed record BatchItem(string Name, string Path, string OutputName, bool IsPicture, long Bytes)
{
    private const int KeyDigits = 16;

    /// <summary>Names its claim, record and segments: short, and the same for every worker.</summary>
    public string Key { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(OutputName)))[..KeyDigits];
}
