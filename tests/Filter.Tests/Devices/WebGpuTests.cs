using Realtime.Filter.Devices;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Tests.Devices;

/// <summary>The whole path on WebGPU, wherever Dawn accepts a Vulkan device; Mesa's software device serves from version 24 on.</summary>
public sealed class WebGpuTests
{
    [SkippableTheory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float16)]
    public void A_shipped_purifier_on_webgpu_passes_its_trial_and_two_can_run_at_once(Precision precision)
    {
        string? obstacle = new DeviceProbe().Obstacle(DeviceKind.WebGpu) ?? DeviceOpening.Fault(DeviceKind.WebGpu);
        Skip.If(obstacle is not null, obstacle);
        string path = ModelCatalog.Resolve("maep-patch4");
        using ITilePurifier first = PurifierFactory.Open(path, DeviceChoice.Parse("webgpu"), precision);
        using ITilePurifier second = PurifierFactory.Open(path, DeviceChoice.Parse("webgpu"), precision);
        float[] tiles = TrialTiles.Create(32);
        float[] one = new float[tiles.Length], other = new float[tiles.Length];

        Parallel.Invoke(
            () => first.Purify(tiles, one, TrialTiles.Count),
            () => second.Purify(tiles, other, TrialTiles.Count));

        Assert.Equal(one, other);
        Assert.NotEqual(tiles, one);
    }
}
