using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>
/// An open device: makes buffers, pipelines and commands, owns them, and destroys what is left of them with itself. Safe to use from any
/// thread. Once lost it stays lost; dispose it and open the adapter again.
/// </summary>
public sealed unsafe class GpuDevice : IDisposable
{
    private const int MaxPushConstantBytes = 128;

    private readonly GpuInstance instance;
    private readonly GpuPhysicalDevice physical;
    private readonly GpuRetirement retirement = new();
    private readonly GpuPipelineCacheFile cacheFile;
    private readonly HashSet<IDisposable> owned = [];
    private bool hasNewPipelines;
    private int users = 1;
    private bool disposed;
    private volatile bool isLost;

    internal GpuDevice(GpuInstance instance, GpuPhysicalDevice physical, string cacheFolder, Action<string>? log)
    {
        this.instance = instance;
        this.physical = physical;
        Api = instance.Api;
        Debug = instance.Debug;
        Handle = GpuDeviceFactory.Create(Api, physical);
        Objects.Made(ObjectType.Device);
        Allocator = new GpuAllocator(this, physical);
        Compute = new GpuQueue(this, physical.Compute, "compute");
        Transfer = physical.Transfer == physical.Compute ? Compute : new GpuQueue(this, physical.Transfer, "transfer");
        uint display = GpuDeviceFactory.DisplayQueue(physical);
        Display = display == 0 ? Compute : new GpuQueue(this, physical.Compute, "display", display);
        cacheFile = new GpuPipelineCacheFile(cacheFolder, physical, log);
        byte[] kept = cacheFile.Load();
        KeptPipelineBytes = kept.Length;
        PipelineCache = GpuDeviceFactory.CreatePipelineCache(Api, Handle, kept);
        Objects.Made(ObjectType.PipelineCache);
    }

    /// <summary>The loaded Vulkan.</summary>
    public Vk Api { get; }

    /// <summary>The Vulkan device.</summary>
    public Device Handle { get; }

    /// <summary>What it is.</summary>
    public GpuAdapter Adapter => physical.Adapter;

    /// <summary>A queue that runs shaders and copies.</summary>
    public GpuQueue Compute { get; }

    /// <summary>A queue that copies beside the shaders where the device has one, otherwise <see cref="Compute"/>.</summary>
    public GpuQueue Transfer { get; }

    /// <summary>
    /// The queue that shows pictures in a window, of the same family as <see cref="Compute"/>. Where the device was opened for a window and has
    /// two such queues it does not wait behind the shaders; otherwise it is <see cref="Compute"/>.
    /// </summary>
    public GpuQueue Display { get; }

    /// <summary>Whether it was opened to show pictures in a window.</summary>
    public bool Presents => physical.Presents;

    /// <summary>The Vulkan pipeline cache, kept between runs.</summary>
    public PipelineCache PipelineCache { get; }

    /// <summary>Whether time stamps work on <see cref="Compute"/>.</summary>
    public bool HasTimestamps => Compute.HasTimestamps;

    /// <summary>Nanoseconds between two ticks of a time stamp.</summary>
    public double TimestampPeriod => physical.Limits.TimestampPeriod;

    /// <summary>What the offset of a <see cref="GpuBufferRange"/> is a multiple of, in bytes.</summary>
    public ulong StorageAlignment => physical.Limits.MinStorageBufferOffsetAlignment;

    /// <summary>The most bytes of a <see cref="GpuBufferRange"/>.</summary>
    public ulong MaxStorageRange => physical.Limits.MaxStorageBufferRange;

    /// <summary>Whether the device was lost or did not answer; nothing can be submitted any more.</summary>
    public bool IsLost => isLost;

    /// <summary>Bytes of compiled shaders that an earlier run left for this device.</summary>
    public int KeptPipelineBytes { get; }

    internal GpuInstance Instance => instance;

    internal PhysicalDevice Physical => physical.Handle;

    internal GpuAllocator Allocator { get; }

    internal GpuDebug Debug { get; }

    internal GpuFaults Faults => instance.Faults;

    internal GpuObjects Objects => instance.Objects;

    /// <summary>Makes a buffer of <paramref name="bytes"/> bytes, above 0.</summary>
    /// <exception cref="GpuOutOfMemoryException">No room.</exception>
    public GpuBuffer CreateBuffer(string name, ulong bytes, GpuMemory memory)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentOutOfRangeException.ThrowIfZero(bytes);
        return new GpuBuffer(this, name, bytes, memory);
    }

    /// <summary>Compiles a shader.</summary>
    /// <param name="name">Its name, in errors and GPU debuggers.</param>
    /// <param name="spirv">SPIR-V for Vulkan 1.2, entry point "main".</param>
    /// <param name="buffers">Storage buffers at set 0, bindings 0 and up: 1 to 64.</param>
    /// <param name="pushConstantBytes">Bytes of push constants: a multiple of 4, at most 128; 0 = none.</param>
    /// <param name="specialization">Values of the specialisation constants 0 and up, each of 32 bits.</param>
    /// <param name="fullSubgroups">Every subgroup has all its invocations, as matrix units need; only where <see cref="GpuAdapter.MatrixShapes"/> is not empty.</param>
    /// <exception cref="GpuException">The driver refused the shader.</exception>
    public GpuPipeline CreatePipeline(
        string name, ReadOnlySpan<byte> spirv, int buffers, int pushConstantBytes, ReadOnlySpan<uint> specialization, bool fullSubgroups = false)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(buffers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buffers, GpuDescriptorSets.MaxBuffers);
        ArgumentOutOfRangeException.ThrowIfNegative(pushConstantBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pushConstantBytes, MaxPushConstantBytes);
        if (spirv.Length == 0 || spirv.Length % sizeof(uint) != 0 || pushConstantBytes % sizeof(uint) != 0)
            throw new ArgumentException($"shader '{name}': SPIR-V and push constants come in words of 4 bytes", nameof(spirv));
        hasNewPipelines = true;
        return new GpuPipeline(this, name, spirv, buffers, pushConstantBytes, specialization, fullSubgroups);
    }

    /// <summary>Makes an empty list of commands.</summary>
    /// <param name="queue">The queue that it will be submitted to.</param>
    /// <param name="timestamps">Number of time stamps that it can write.</param>
    public GpuCommands CreateCommands(GpuQueue queue, int timestamps = 0)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentOutOfRangeException.ThrowIfNegative(timestamps);
        return new GpuCommands(this, queue, timestamps);
    }

    /// <summary>Destroys <paramref name="resource"/> as soon as every submission made so far is complete; looked at with every submission.</summary>
    public void Retire(IDisposable resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        retirement.Add(resource, Compute, Transfer, Display);
    }

    /// <summary>Names a Vulkan object for validation messages and GPU debuggers.</summary>
    public void SetName(ObjectType type, ulong handle, string name) => Debug.Name(Handle, type, handle, name);

    /// <summary>Waits until the device is idle, keeps its pipeline cache, and destroys it with everything made from it; of several users the last one does.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref users) > 0 || disposed)
            return;
        disposed = true;
        if (Api.DeviceWaitIdle(Handle) != Result.Success)
            isLost = true;
        if (hasNewPipelines && !isLost && GpuDeviceFactory.PipelineCacheData(Api, Handle, PipelineCache) is { } data)
            cacheFile.Save(data);

        retirement.Destroy(all: true);
        foreach (IDisposable resource in OwnedNow())
            resource.Dispose();
        Api.DestroyPipelineCache(Handle, PipelineCache, null);
        Objects.Gone(ObjectType.PipelineCache, PipelineCache.Handle);
        if (Transfer != Compute)
            Transfer.Destroy();
        if (Display != Compute)
            Display.Destroy();
        Compute.Destroy();
        Allocator.Dispose();
        Api.DestroyDevice(Handle, null);
        Objects.Gone(ObjectType.Device, (ulong)Handle.Handle);
        instance.Forget(this);
    }

    /// <summary>Has one more user, who disposes it too.</summary>
    /// <returns>False where it is gone already.</returns>
    internal bool TryShare()
    {
        int before;
        do
        {
            before = Volatile.Read(ref users);
            if (before <= 0)
                return false;
        }
        while (Interlocked.CompareExchange(ref users, before + 1, before) != before);
        return true;
    }

    internal void Own(IDisposable resource)
    {
        lock (owned)
            owned.Add(resource);
    }

    internal void Disown(IDisposable resource)
    {
        lock (owned)
            owned.Remove(resource);
    }

    internal void DestroyRetired() => retirement.Destroy(all: false);

    internal GpuDeviceLostException Lose(string? label, string reason)
    {
        isLost = true;
        return new GpuDeviceLostException(Adapter.Name, label, reason);
    }

    private IDisposable[] OwnedNow()
    {
        lock (owned)
            return [.. owned];
    }
}
