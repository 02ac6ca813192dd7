using System.Buffers.Binary;
using System.Security.Cryptography;
using Realtime.Filter.Devices;

namespace Realtime.Filter.Gpu;

/// <summary>
/// Where a device's compiled shaders are kept between runs: a check sum, then the driver's data. Drivers trust that data, so a file that is
/// damaged or of another device is never shown to them.
/// </summary>
/// <param name="folder">The folder; made when needed.</param>
/// <param name="device">Whose shaders they are.</param>
/// <param name="log">Told when a file is ignored or cannot be written.</param>
internal sealed class GpuPipelineCacheFile(string folder, GpuPhysicalDevice device, Action<string>? log)
{
    private const int HeaderBytes = 32;

    public string FilePath { get; } = Path.Combine(
        folder, $"{device.VendorId:x8}-{device.DeviceId:x8}-{device.DriverVersion:x8}-{device.Adapter.PipelineCacheUuid}.bin");

    /// <summary>What was saved, or nothing.</summary>
    public byte[] Load()
    {
        try
        {
            if (!File.Exists(FilePath))
                return [];
            byte[] file = File.ReadAllBytes(FilePath);
            if (file.Length > SHA256.HashSizeInBytes)
            {
                byte[] data = file[SHA256.HashSizeInBytes..];
                if (SHA256.HashData(data).AsSpan().SequenceEqual(file.AsSpan(0, SHA256.HashSizeInBytes)) && IsOfDevice(data))
                    return data;
            }
            log?.Invoke($"pipeline cache {FilePath} is damaged or of another device: ignored");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log?.Invoke($"pipeline cache {FilePath} cannot be read: {error.Message}");
        }
        return [];
    }

    /// <summary>Saves <paramref name="data"/> under a temporary name and renames it.</summary>
    public void Save(byte[] data)
    {
        try
        {
            UserCache.Write(FilePath, [.. SHA256.HashData(data), .. data]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log?.Invoke($"pipeline cache {FilePath} cannot be written: {error.Message}");
        }
    }

    // The header that every pipeline cache begins with: its length, version 1, vendor, device, identity of the format.
    private bool IsOfDevice(ReadOnlySpan<byte> data) =>
        data.Length >= HeaderBytes
        && BinaryPrimitives.ReadUInt32LittleEndian(data[4..]) == 1
        && BinaryPrimitives.ReadUInt32LittleEndian(data[8..]) == device.VendorId
        && BinaryPrimitives.ReadUInt32LittleEndian(data[12..]) == device.DeviceId
        && Convert.ToHexStringLower(data[16..HeaderBytes]) == device.Adapter.PipelineCacheUuid;
}
