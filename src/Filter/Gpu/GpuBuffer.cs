using Silk.NET.Vulkan;
using Buffer = Silk.NET.Vulkan.Buffer;

namespace Realtime.Filter.Gpu;

/// <summary>
/// Bytes that shaders and copies read and write; their first content is undefined. Dispose it only when no submission uses it any more,
/// or hand it to <see cref="GpuDevice.Retire"/>.
/// </summary>
public sealed unsafe class GpuBuffer : IDisposable
{
    private const BufferUsageFlags Usage = BufferUsageFlags.StorageBufferBit | BufferUsageFlags.TransferSrcBit | BufferUsageFlags.TransferDstBit;

    private readonly GpuDevice device;
    private readonly GpuAllocation allocation;
    private readonly bool isMapped;
    private int disposed;

    internal GpuBuffer(GpuDevice device, string name, ulong bytes, GpuMemory memory)
    {
        this.device = device;
        Name = name;
        Size = bytes;
        isMapped = memory != GpuMemory.Device;
        Handle = Create(device, bytes);
        bool made = false;
        try
        {
            MemoryRequirements needs;
            device.Api.GetBufferMemoryRequirements(device.Handle, Handle, &needs);
            allocation = device.Allocator.Allocate(name, needs, memory);
            made = true;
            GpuResult.Check(device.Api.BindBufferMemory(device.Handle, Handle, allocation.Block.Handle, allocation.Offset), "vkBindBufferMemory");
        }
        catch
        {
            Destroy();
            if (made)
                device.Allocator.Free(allocation);
            throw;
        }
        device.SetName(ObjectType.Buffer, Handle.Handle, name);
        device.Own(this);
    }

    /// <summary>The Vulkan buffer; its usage is storage and transfer.</summary>
    public Buffer Handle { get; }

    /// <summary>Its size in bytes, as asked for.</summary>
    public ulong Size { get; }

    /// <summary>Its name, in errors and GPU debuggers.</summary>
    public string Name { get; }

    /// <summary>
    /// The bytes, for <see cref="GpuMemory.Upload"/> and <see cref="GpuMemory.Readback"/>. Take it afresh after each wait for the device:
    /// taking it is what makes the device's writes seen where memory is not coherent.
    /// </summary>
    /// <exception cref="InvalidOperationException">The buffer is in device memory.</exception>
    /// <exception cref="OverflowException">The buffer has 2 GiB or more.</exception>
    public Span<byte> Mapped
    {
        get
        {
            ObjectDisposedException.ThrowIf(disposed != 0, this);
            if (!isMapped)
                throw new InvalidOperationException($"buffer '{Name}' is in device memory; copy it to a readback buffer");
            if (!allocation.Block.IsCoherent)
                Invalidate();
            return new Span<byte>((byte*)allocation.Block.Mapped + allocation.Offset, checked((int)Size));
        }
    }

    /// <summary>Destroys the buffer and gives its memory back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        device.Disown(this);
        Destroy();
        device.Allocator.Free(allocation);
    }

    private static Buffer Create(GpuDevice device, ulong bytes)
    {
        uint* families = stackalloc uint[2] { device.Compute.Family.Index, device.Transfer.Family.Index };
        bool shared = families[0] != families[1];
        BufferCreateInfo info = new()
        {
            SType = StructureType.BufferCreateInfo,
            Size = GpuAllocator.RoundUp(bytes, sizeof(uint)),
            Usage = Usage,
            SharingMode = shared ? SharingMode.Concurrent : SharingMode.Exclusive,
            QueueFamilyIndexCount = shared ? 2u : 0,
            PQueueFamilyIndices = shared ? families : null,
        };
        Buffer handle;
        GpuResult.Check(device.Api.CreateBuffer(device.Handle, &info, null, &handle), "vkCreateBuffer");
        device.Objects.Made(ObjectType.Buffer);
        return handle;
    }

    private void Destroy()
    {
        device.Api.DestroyBuffer(device.Handle, Handle, null);
        device.Objects.Gone(ObjectType.Buffer, Handle.Handle);
    }

    private void Invalidate()
    {
        MappedMemoryRange range = new()
        {
            SType = StructureType.MappedMemoryRange,
            Memory = allocation.Block.Handle,
            Offset = allocation.Offset,
            Size = allocation.Size,
        };
        GpuResult.Check(device.Api.InvalidateMappedMemoryRanges(device.Handle, 1, &range), "vkInvalidateMappedMemoryRanges");
    }
}
