using Realtime.Filter.Devices;

namespace Realtime.Filter.Tests.Devices;

public sealed class EngineCacheTests
{
    [Fact]
    public void Another_model_runtime_TensorRT_or_driver_is_another_key()
    {
        string[] keys =
        [
            EngineCache.Key("a", "1.29.0", "101303", "580.82"),
            EngineCache.Key("b", "1.29.0", "101303", "580.82"),
            EngineCache.Key("a", "1.30.0", "101303", "580.82"),
            EngineCache.Key("a", "1.29.0", "101304", "580.82"),
            EngineCache.Key("a", "1.29.0", "101303", "580.83"),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], EngineCache.Key("a", "1.29.0", "101303", "580.82"));
        Assert.All(keys, key => Assert.Matches("^[0-9a-f]{32}$", key));
    }

    [Theory]
    [InlineData("NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 19:39:15 UTC 2024\nGCC version:  gcc version 12.2.0", "535.183.01")]
    [InlineData("NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.82.07  Release Build  (root@host)", "580.82.07")]
    [InlineData("", "unknown")]
    public void The_driver_version_is_read_from_its_description(string description, string version) => Assert.Equal(version, EngineCache.DriverVersion(description));
}
