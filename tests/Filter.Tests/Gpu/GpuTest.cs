using System.Runtime.InteropServices;
using Realtime.Filter.Gpu;
using Silk.NET.Vulkan;

namespace Realtime.Filter.Tests.Gpu;

/// <summary>A device of its own for every test, with the validation layer watching: a test that it complains about fails.</summary>
public abstract class GpuTest : IDisposable
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string cacheFolder = Directory.CreateTempSubdirectory("realtime-gpu-").FullName;
    private readonly GpuInstance instance;
    private readonly GpuDevice device;

    protected GpuTest()
    {
        try
        {
            instance = GpuInstance.Create(validation: true);
        }
        catch (GpuUnavailableException error)
        {
            Directory.Delete(cacheFolder);
            throw new SkipException(error.Message);
        }
        device = instance.Open(0, cacheFolder, Log.Add);
    }

    internal GpuInstance Instance => instance;

    internal GpuDevice Device => device;

    internal GpuQueue Compute => device.Compute;

    protected string CacheFolder => cacheFolder;

    protected List<string> Log { get; } = [];

    // What the validation layer is meant to complain about; nothing, unless a test says so.
    protected string? ExpectedMessage { get; set; }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        device.Dispose();
        string[] messages = [.. instance.ValidationMessages];
        instance.Dispose();
        Directory.Delete(cacheFolder, recursive: true);
        Assert.DoesNotContain(messages, message => ExpectedMessage is null || !message.Contains(ExpectedMessage, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(instance.Objects.Alive);
    }

    internal static GpuPipeline Multiply(GpuDevice device, uint factor)
    {
        byte[] spirv = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Gpu", "double.spv"));
        return device.CreatePipeline("multiply", spirv, buffers: 2, pushConstantBytes: sizeof(uint), [64, factor]);
    }

    internal GpuBuffer Upload(params float[] values)
    {
        GpuBuffer buffer = device.CreateBuffer("upload", (ulong)values.Length * sizeof(float), GpuMemory.Upload);
        values.CopyTo(Floats(buffer));
        return buffer;
    }

    internal static Span<float> Floats(GpuBuffer buffer) => MemoryMarshal.Cast<byte, float>(buffer.Mapped);

    internal void Run(GpuCommands commands) => commands.Queue.Wait(commands.Queue.Submit(commands), Patience, CancellationToken.None);

    // Commands that do nothing but take their place on the queue.
    internal GpuCommands Nothing(GpuQueue queue)
    {
        GpuCommands commands = device.CreateCommands(queue);
        commands.Begin();
        commands.BeginLabel("nothing");
        commands.EndLabel();
        commands.End();
        return commands;
    }

    // A time line that only the test moves on: what waits for it stays at work on the device for as long as the test likes.
    internal GpuQueue Barrier() => new(device, Compute.Family, "barrier");

    internal unsafe void Open(GpuQueue barrier)
    {
        SemaphoreSignalInfo info = new() { SType = StructureType.SemaphoreSignalInfo, Semaphore = barrier.Timeline, Value = 1 };
        GpuResult.Check(device.Api.SignalSemaphore(device.Handle, &info), "vkSignalSemaphore");
    }
}
