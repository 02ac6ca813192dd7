using System.Security.Cryptography;
using Realtime.Filter.Models;
using Realtime.Trainer.Data;

namespace Realtime.Trainer.Evaluation;

/// <summary>SHA-256 of what an evaluation reads, so that it never goes on with other files under the same names.</summary>
public static class Fingerprints
{
    /// <summary>Of the pictures and their labels.</summary>
    /// <param name="set">The pictures.</param>
    /// <param name="count">How many, from the start.</param>
    public static string Of(IPictureSet set, int count)
    {
        ArgumentNullException.ThrowIfNull(set);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < count; i++)
        {
            hash.AppendData([(byte)set.Label(i)]);
            hash.AppendData(set.Picture(i));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Of a model's file.</summary>
    /// <param name="nameOrPath">See <see cref="ModelCatalog.Resolve"/>.</param>
    public static string OfModel(string nameOrPath) => ModelCatalog.HashOf(nameOrPath);
}
