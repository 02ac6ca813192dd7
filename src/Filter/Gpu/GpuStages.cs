using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>What <see cref="GpuStage"/> means to Vulkan.</summary>
internal static class GpuStages
{
    public static PipelineStageFlags Stages(GpuStage stages) =>
        ((stages & GpuStage.Compute) != 0 ? PipelineStageFlags.ComputeShaderBit : 0)
        | ((stages & GpuStage.Transfer) != 0 ? PipelineStageFlags.TransferBit : 0)
        | ((stages & GpuStage.Host) != 0 ? PipelineStageFlags.HostBit : 0);

    public static AccessFlags Writes(GpuStage stages) =>
        ((stages & GpuStage.Compute) != 0 ? AccessFlags.ShaderWriteBit : 0)
        | ((stages & GpuStage.Transfer) != 0 ? AccessFlags.TransferWriteBit : 0)
        | ((stages & GpuStage.Host) != 0 ? AccessFlags.HostWriteBit : 0);

    public static AccessFlags Reads(GpuStage stages) =>
        ((stages & GpuStage.Compute) != 0 ? AccessFlags.ShaderReadBit : 0)
        | ((stages & GpuStage.Transfer) != 0 ? AccessFlags.TransferReadBit : 0)
        | ((stages & GpuStage.Host) != 0 ? AccessFlags.HostReadBit : 0);
}
