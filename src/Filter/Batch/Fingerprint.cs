using System.Security.Cryptography;
using System.Text;
using Realtime.Filter.Devices;
using Realtime.Filter.Models;

namespace Realtime.Filter.Batch;

/// <summary>Tells contents and settings from others by their SHA-256, in lower-case hexadecimal digits.</summary>
internal static class Fingerprint
{
    /// <summary>Of everything that decides the bytes of an output but the input: the model's file and every setting of the purifier and the encoder.</summary>
    public static string Of(BatchSettings settings)
    {
        string text = BatchJson.Write(new
        {
            Model = ModelCatalog.HashOf(settings.Model),
            settings.Overlap,
            Device = settings.Device.ToString(),
            Precision = PrecisionName.Of(settings.Precision),
            settings.SegmentFrames,
            settings.Sink,
            settings.Source,
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Of a file's bytes.</summary>
    public static string OfFile(string path, CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
        byte[] buffer = new byte[1 << 20];
        for (int read = file.Read(buffer); read > 0; read = file.Read(buffer))
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
