using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>Descriptor sets of storage buffers for one recording; they come from pools that grow in number and are reset as a whole.</summary>
internal sealed unsafe class GpuDescriptorSets(GpuDevice device) : IDisposable
{
    /// <summary>The most buffers a set can have.</summary>
    public const int MaxBuffers = 64;

    private const int SetsInPool = 64;
    private const int BuffersInPool = 8 * SetsInPool;

    private readonly List<DescriptorPool> pools = [];
    private int current = -1;
    private int setsLeft;
    private int buffersLeft;

    /// <summary>Takes all sets back.</summary>
    public void Reset()
    {
        foreach (DescriptorPool pool in pools)
            GpuResult.Check(device.Api.ResetDescriptorPool(device.Handle, pool, 0), "vkResetDescriptorPool");
        current = -1;
        setsLeft = 0;
    }

    /// <summary>A set of <paramref name="pipeline"/>'s layout that points to <paramref name="buffers"/>.</summary>
    public DescriptorSet Make(GpuPipeline pipeline, ReadOnlySpan<GpuBufferRange> buffers)
    {
        if (setsLeft == 0 || buffersLeft < buffers.Length)
            NextPool();
        setsLeft--;
        buffersLeft -= buffers.Length;

        DescriptorSetLayout layout = pipeline.SetLayout;
        DescriptorSetAllocateInfo info = new()
        {
            SType = StructureType.DescriptorSetAllocateInfo,
            DescriptorPool = pools[current],
            DescriptorSetCount = 1,
            PSetLayouts = &layout,
        };
        DescriptorSet set;
        GpuResult.Check(device.Api.AllocateDescriptorSets(device.Handle, &info, &set), "vkAllocateDescriptorSets");

        DescriptorBufferInfo* targets = stackalloc DescriptorBufferInfo[buffers.Length];
        WriteDescriptorSet* writes = stackalloc WriteDescriptorSet[buffers.Length];
        for (int index = 0; index < buffers.Length; index++)
        {
            GpuBufferRange range = buffers[index];
            targets[index] = new DescriptorBufferInfo { Buffer = range.Buffer.Handle, Offset = range.Offset, Range = range.Size };
            writes[index] = new WriteDescriptorSet
            {
                SType = StructureType.WriteDescriptorSet,
                DstSet = set,
                DstBinding = (uint)index,
                DescriptorCount = 1,
                DescriptorType = DescriptorType.StorageBuffer,
                PBufferInfo = targets + index,
            };
        }
        device.Api.UpdateDescriptorSets(device.Handle, (uint)buffers.Length, writes, 0, null);
        return set;
    }

    public void Dispose()
    {
        foreach (DescriptorPool pool in pools)
        {
            device.Api.DestroyDescriptorPool(device.Handle, pool, null);
            device.Objects.Gone(ObjectType.DescriptorPool, pool.Handle);
        }

        pools.Clear();
    }

    private void NextPool()
    {
        current++;
        setsLeft = SetsInPool;
        buffersLeft = BuffersInPool;
        if (current < pools.Count)
            return;

        DescriptorPoolSize size = new() { Type = DescriptorType.StorageBuffer, DescriptorCount = BuffersInPool };
        DescriptorPoolCreateInfo info = new()
        {
            SType = StructureType.DescriptorPoolCreateInfo,
            MaxSets = SetsInPool,
            PoolSizeCount = 1,
            PPoolSizes = &size,
        };
        DescriptorPool pool;
        GpuResult.Check(device.Api.CreateDescriptorPool(device.Handle, &info, null, &pool), "vkCreateDescriptorPool");
        device.Objects.Made(ObjectType.DescriptorPool);
        pools.Add(pool);
    }
}
