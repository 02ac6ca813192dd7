using System.Security.Cryptography;
using static TorchSharp.torch;

namespace Realtime.Trainer.Data;

/// <summary>Tells one set of weights from another, so that cached pairs are never those of another surrogate.</summary>
internal static class WeightHash
{
    /// <summary>The first eight hex digits of the SHA-256 over all parameters.</summary>
    internal static string Of(nn.Module net)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TorchSharp.Modules.Parameter parameter in net.parameters())
            hash.AppendData(parameter.bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
    }
}
