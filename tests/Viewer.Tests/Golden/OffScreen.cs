using Realtime.Filter.Gpu;

namespace Realtime.Viewer.Tests.Golden;

/// <summary>A device that draws without a window, with the validation layer watching.</summary>
public sealed class OffScreen : IDisposable
{
    private readonly string cacheFolder = Directory.CreateTempSubdirectory("realtime-golden-").FullName;
    private readonly GpuInstance? instance;
    private readonly GpuDevice? device;

    public OffScreen()
    {
        try
        {
            instance = GpuInstance.Create(validation: true);
            device = instance.Open(0, cacheFolder, null);
        }
        catch (GpuUnavailableException missing)
        {
            Missing = missing.Message;
        }
    }

    /// <summary>Why there is no device; null where there is one.</summary>
    public string? Missing { get; }

    internal GpuDevice Device => device ?? throw new SkipException(Missing);

    public void Dispose()
    {
        device?.Dispose();
        string[] messages = [.. instance?.ValidationMessages ?? []];
        instance?.Dispose();
        Directory.Delete(cacheFolder, recursive: true);
        Assert.Empty(messages);
        Assert.True(instance is null || instance.Objects.Alive.Count == 0);
    }
}
