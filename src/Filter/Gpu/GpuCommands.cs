using System.Runtime.InteropServices;
using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>
/// A list of commands, recorded once and submitted as often as one likes; recording again takes everything back. One thread records at a
/// time. Every <see cref="Begin"/> to <see cref="End"/> runs in order, but commands overlap unless a <see cref="Barrier"/> stands between.
/// </summary>
public sealed unsafe class GpuCommands : IDisposable
{
    private readonly GpuDevice device;
    private readonly Vk api;
    private readonly CommandPool pool;
    private readonly GpuDescriptorSets sets;
    private readonly GpuTimestamps timestamps;
    private GpuPipeline? bound;
    private int disposed;

    internal GpuCommands(GpuDevice device, GpuQueue queue, int timestampCount)
    {
        this.device = device;
        api = device.Api;
        Queue = queue;
        CommandPoolCreateInfo poolInfo = new() { SType = StructureType.CommandPoolCreateInfo, QueueFamilyIndex = queue.Family.Index };
        CommandPool madePool;
        GpuResult.Check(api.CreateCommandPool(device.Handle, &poolInfo, null, &madePool), "vkCreateCommandPool");
        device.Objects.Made(ObjectType.CommandPool);
        pool = madePool;
        CommandBufferAllocateInfo info = new()
        {
            SType = StructureType.CommandBufferAllocateInfo,
            CommandPool = pool,
            Level = CommandBufferLevel.Primary,
            CommandBufferCount = 1,
        };
        CommandBuffer handle;
        GpuResult.Check(api.AllocateCommandBuffers(device.Handle, &info, &handle), "vkAllocateCommandBuffers");
        Handle = handle;
        sets = new GpuDescriptorSets(device);
        timestamps = new GpuTimestamps(device, queue, timestampCount);
        device.Own(this);
    }

    /// <summary>The Vulkan command buffer.</summary>
    public CommandBuffer Handle { get; }

    /// <summary>The queue that it is recorded for.</summary>
    public GpuQueue Queue { get; }

    /// <summary>Whether a recording was ended and can be submitted.</summary>
    public bool IsRecorded { get; private set; }

    /// <summary>The label begun last, or null.</summary>
    public string? LastLabel { get; private set; }

    internal ulong LastSubmission { get; set; }

    /// <summary>Starts a recording; what was recorded before is gone.</summary>
    /// <exception cref="InvalidOperationException">The device still works on what was recorded before.</exception>
    public void Begin()
    {
        if (!Queue.IsComplete(LastSubmission))
            throw new InvalidOperationException("these commands are still at work on the device; wait before recording them again");
        IsRecorded = false;
        LastLabel = null;
        bound = null;
        GpuResult.Check(api.ResetCommandPool(device.Handle, pool, 0), "vkResetCommandPool");
        sets.Reset();
        CommandBufferBeginInfo info = new() { SType = StructureType.CommandBufferBeginInfo, Flags = CommandBufferUsageFlags.SimultaneousUseBit };
        GpuResult.Check(api.BeginCommandBuffer(Handle, &info), "vkBeginCommandBuffer");
        timestamps.Reset(Handle);
    }

    /// <summary>Ends the recording.</summary>
    public void End()
    {
        GpuResult.Check(api.EndCommandBuffer(Handle), "vkEndCommandBuffer");
        IsRecorded = true;
    }

    /// <summary>Names what follows, for GPU debuggers and the report of a lost device.</summary>
    public void BeginLabel(string label)
    {
        LastLabel = label;
        device.Debug.BeginLabel(Handle, label);
    }

    /// <summary>Ends the innermost label.</summary>
    public void EndLabel() => device.Debug.EndLabel(Handle);

    /// <summary>Chooses the shader for the dispatches that follow, and its buffers in the order of their bindings.</summary>
    /// <exception cref="ArgumentException">Not the shader's number of buffers, or a range that is beyond its buffer, misaligned or too long.</exception>
    public void Bind(GpuPipeline pipeline, params ReadOnlySpan<GpuBufferRange> buffers)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        if (buffers.Length != pipeline.Buffers)
            throw new ArgumentException($"'{pipeline.Name}' has {pipeline.Buffers} buffers, not {buffers.Length}", nameof(buffers));
        foreach (GpuBufferRange range in buffers)
        {
            CheckRange(range.Buffer, range.Offset, range.Size);
            if (range.Size == 0 || range.Size > device.MaxStorageRange || range.Offset % device.StorageAlignment != 0)
                throw new ArgumentException($"bytes {range.Offset}+{range.Size} of '{range.Buffer.Name}' cannot be bound", nameof(buffers));
        }
        DescriptorSet set = sets.Make(pipeline, buffers);
        api.CmdBindPipeline(Handle, PipelineBindPoint.Compute, pipeline.Handle);
        api.CmdBindDescriptorSets(Handle, PipelineBindPoint.Compute, pipeline.Layout, 0, 1, &set, 0, null);
        bound = pipeline;
    }

    /// <summary>Sets all push constants of the bound shader.</summary>
    /// <exception cref="ArgumentException">Not as many bytes as the shader has.</exception>
    public void Push(ReadOnlySpan<byte> constants)
    {
        if (bound is null || constants.Length != bound.PushConstantBytes)
            throw new ArgumentException($"'{bound?.Name}' has {bound?.PushConstantBytes ?? 0} bytes of push constants, not {constants.Length}", nameof(constants));
        fixed (byte* bytes = constants)
            api.CmdPushConstants(Handle, bound.Layout, ShaderStageFlags.ComputeBit, 0, (uint)constants.Length, bytes);
    }

    /// <summary>Sets all push constants of the bound shader.</summary>
    /// <param name="constants">A struct laid out as the shader's block.</param>
    public void Push<T>(in T constants)
        where T : unmanaged => Push(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in constants)));

    /// <summary>Runs the bound shader on this many workgroups.</summary>
    public void Dispatch(uint x, uint y = 1, uint z = 1) => api.CmdDispatch(Handle, x, y, z);

    /// <summary>Copies bytes from buffer to buffer.</summary>
    /// <exception cref="ArgumentException">Bytes beyond a buffer's end.</exception>
    public void Copy(GpuBuffer from, GpuBuffer to, ulong fromOffset, ulong toOffset, ulong bytes)
    {
        CheckRange(from, fromOffset, bytes);
        CheckRange(to, toOffset, bytes);
        BufferCopy region = new() { SrcOffset = fromOffset, DstOffset = toOffset, Size = bytes };
        api.CmdCopyBuffer(Handle, from.Handle, to.Handle, 1, &region);
    }

    /// <summary>Writes <paramref name="value"/> into every 4 bytes of a buffer's part; its size is rounded up to them.</summary>
    /// <exception cref="ArgumentException">Bytes beyond the buffer's end.</exception>
    public void Fill(GpuBufferRange range, uint value)
    {
        CheckRange(range.Buffer, range.Offset, range.Size);
        api.CmdFillBuffer(Handle, range.Buffer.Handle, range.Offset, GpuAllocator.RoundUp(range.Size, sizeof(uint)), value);
    }

    /// <summary>What <paramref name="before"/> wrote earlier, <paramref name="after"/> sees later and may overwrite.</summary>
    /// <param name="before">Who wrote or read.</param>
    /// <param name="after">Who reads or writes next; <see cref="GpuStage.Host"/> after a wait.</param>
    public void Barrier(GpuStage before, GpuStage after)
    {
        if (!Queue.HasCompute)
            (before, after) = (before & ~GpuStage.Compute, after & ~GpuStage.Compute);
        MemoryBarrier barrier = new()
        {
            SType = StructureType.MemoryBarrier,
            SrcAccessMask = GpuStages.Writes(before),
            DstAccessMask = GpuStages.Writes(after) | GpuStages.Reads(after),
        };
        PipelineStageFlags from = before == 0 ? PipelineStageFlags.TopOfPipeBit : GpuStages.Stages(before);
        PipelineStageFlags to = after == 0 ? PipelineStageFlags.BottomOfPipeBit : GpuStages.Stages(after);
        api.CmdPipelineBarrier(Handle, from, to, 0, 1, &barrier, 0, null, 0, null);
    }

    /// <summary>Writes time stamp <paramref name="index"/> when all commands before it are complete.</summary>
    public void Timestamp(int index) => timestamps.Write(Handle, index);

    /// <summary>Milliseconds between two time stamps of a complete submission; NaN where the queue has none.</summary>
    public double TimestampMilliseconds(int from, int to) => timestamps.Milliseconds(from, to);

    /// <summary>Destroys the commands; no submission of them may be at work any more.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        device.Disown(this);
        timestamps.Dispose();
        sets.Dispose();
        api.DestroyCommandPool(device.Handle, pool, null);
        device.Objects.Gone(ObjectType.CommandPool, pool.Handle);
    }

    private static void CheckRange(GpuBuffer buffer, ulong offset, ulong bytes)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if (offset > buffer.Size || bytes > buffer.Size - offset)
            throw new ArgumentException($"bytes {offset}+{bytes} are beyond the {buffer.Size} of '{buffer.Name}'", nameof(buffer));
    }
}
