using Realtime.Filter.Devices;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tests.Purifiers;

namespace Realtime.Filter.Tests.Devices;

/// <summary>The whole path on WebGPU, wherever Dawn accepts a Vulkan device; Mesa's software device serves from version 24 on.</summary>
public sealed class WebGpuTests : IDisposable
{
    private static readonly Lazy<string?> Obstacle = new(() => new DeviceProbe().Obstacle(DeviceKind.WebGpu) ?? DeviceOpening.Fault(DeviceKind.WebGpu));

    private readonly TinyModels models = new();

    public void Dispose() => models.Dispose();

    [SkippableTheory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float16)]
    public void A_shipped_purifier_on_webgpu_passes_its_trial(Precision precision)
    {
        Skip.If(Obstacle.Value is not null, Obstacle.Value);
        List<string> figures = [];

        using ITilePurifier purifier = PurifierFactory.Open(ModelCatalog.Resolve("maep-patch4"), DeviceChoice.Parse("webgpu"), precision, figures: figures.Add);

        Assert.StartsWith($"device webgpu in {PrecisionName.Of(precision)} agrees with the CPU: ", Assert.Single(figures), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Two_purifiers_on_webgpu_can_be_used_at_once()
    {
        Skip.If(Obstacle.Value is not null, Obstacle.Value);
        string path = models.Invert();
        using ITilePurifier first = PurifierFactory.Open(path, DeviceChoice.Parse("webgpu")), second = PurifierFactory.Open(path, DeviceChoice.Parse("webgpu"));
        float[] tiles = TrialTiles.Create(32);
        float[] one = new float[tiles.Length], other = new float[tiles.Length];

        for (int round = 0; round < 20; round++)
        {
            Parallel.Invoke(
                () => first.Purify(tiles, one, TrialTiles.Count),
                () => second.Purify(tiles, other, TrialTiles.Count));
        }

        Assert.Equal(one, other);
        Assert.Equal(1 - tiles[^1], one[^1], 1e-6f);
    }
}
