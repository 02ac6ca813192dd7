using System.Security.Cryptography;
using Realtime.Filter.Gpu;

namespace Realtime.Filter.Tests.Gpu;

public sealed class GpuPipelineCacheTests : GpuTest
{
    [SkippableFact]
    public void Shaders_are_kept_between_runs()
    {
        Assert.Equal(0, Device.KeptPipelineBytes);
        Multiply(Device, factor: 2);
        Device.Dispose();
        byte[] saved = File.ReadAllBytes(Assert.Single(Directory.GetFiles(CacheFolder)));

        using (GpuDevice again = Instance.Open(0, CacheFolder, Log.Add))
        {
            Assert.Equal(saved.Length - SHA256.HashSizeInBytes, again.KeptPipelineBytes);
            Multiply(again, factor: 2);
        }
        Assert.Empty(Log);
        Assert.Single(Directory.GetFiles(CacheFolder));
    }

    [SkippableTheory]
    [InlineData("empty")]
    [InlineData("cut off")]
    [InlineData("damaged")]
    [InlineData("foreign")]
    public void A_bad_file_is_ignored_with_a_line_in_the_log_and_replaced(string fault)
    {
        Multiply(Device, factor: 2);
        Device.Dispose();
        string file = Assert.Single(Directory.GetFiles(CacheFolder));
        byte[] good = File.ReadAllBytes(file);
        File.WriteAllBytes(file, Spoil(good, fault));

        using (GpuDevice again = Instance.Open(0, CacheFolder, Log.Add))
        {
            Assert.Equal(0, again.KeptPipelineBytes);
            Multiply(again, factor: 2);
        }
        Assert.Contains(file, Assert.Single(Log));
        Assert.Equal(good.Length, File.ReadAllBytes(file).Length);
    }

    [SkippableFact]
    public void A_folder_that_cannot_be_written_costs_a_line_in_the_log()
    {
        string notAFolder = Path.Combine(CacheFolder, "file");
        File.WriteAllText(notAFolder, "");
        using (GpuDevice again = Instance.Open(0, Path.Combine(notAFolder, "cache"), Log.Add))
            Multiply(again, factor: 2);
        Assert.Contains("cannot be written", Assert.Single(Log));
    }

    [SkippableFact]
    public void Nothing_is_written_where_no_shader_was_compiled()
    {
        Device.Dispose();
        Assert.Empty(Directory.GetFiles(CacheFolder));
    }

    private static byte[] Spoil(byte[] good, string fault)
    {
        byte[] bytes = [.. good];
        switch (fault)
        {
            case "empty":
                return [];
            case "cut off":
                return bytes[..^1];
            case "damaged":
                bytes[^1] ^= 1;
                return bytes;
            default:
                // Another device's data, whole in itself.
                bytes[32 + 12] ^= 1;
                SHA256.HashData(bytes.AsSpan(32)).CopyTo(bytes, 0);
                return bytes;
        }
    }
}
