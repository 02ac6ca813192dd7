using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>Time stamps that the device writes while it works through commands; does nothing on a queue without them.</summary>
internal sealed unsafe class GpuTimestamps : IDisposable
{
    private readonly GpuDevice device;
    private readonly int count;
    private readonly ulong mask;
    private QueryPool pool;

    public GpuTimestamps(GpuDevice device, GpuQueue queue, int count)
    {
        this.device = device;
        this.count = count;
        int bits = queue.Family.TimestampBits;
        mask = bits >= 64 ? ulong.MaxValue : (1ul << bits) - 1;
        if (count == 0 || !queue.HasTimestamps)
            return;

        QueryPoolCreateInfo info = new() { SType = StructureType.QueryPoolCreateInfo, QueryType = QueryType.Timestamp, QueryCount = (uint)count };
        QueryPool made;
        GpuResult.Check(device.Api.CreateQueryPool(device.Handle, &info, null, &made), "vkCreateQueryPool");
        device.Objects.Made(ObjectType.QueryPool);
        pool = made;
    }

    public void Reset(CommandBuffer commands)
    {
        if (pool.Handle != 0)
            device.Api.CmdResetQueryPool(commands, pool, 0, (uint)count);
    }

    public void Write(CommandBuffer commands, int index)
    {
        CheckIndex(index);
        if (pool.Handle != 0)
            device.Api.CmdWriteTimestamp(commands, PipelineStageFlags.BottomOfPipeBit, pool, (uint)index);
    }

    public double Milliseconds(int from, int to) =>
        pool.Handle == 0 ? double.NaN : ((Read(to) - Read(from)) & mask) * device.TimestampPeriod / 1e6;

    public void Dispose()
    {
        device.Api.DestroyQueryPool(device.Handle, pool, null);
        device.Objects.Gone(ObjectType.QueryPool, pool.Handle);
        pool = default;
    }

    private ulong Read(int index)
    {
        CheckIndex(index);
        ulong value;
        Result result = device.Api.GetQueryPoolResults(
            device.Handle, pool, (uint)index, 1, sizeof(ulong), &value, sizeof(ulong), QueryResultFlags.Result64Bit);
        GpuResult.Check(result, "vkGetQueryPoolResults");
        return result == Result.Success ? value : throw new InvalidOperationException($"time stamp {index} was not written yet");
    }

    private void CheckIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
    }
}
