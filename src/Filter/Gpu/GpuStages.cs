using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>What <see cref="GpuStage"/> means to Vulkan.</summary>
internal static class GpuStages
{
    public static PipelineStageFlags Stages(GpuStage stages) =>
        (stages.HasFlag(GpuStage.Compute) ? PipelineStageFlags.ComputeShaderBit : 0)
        | (stages.HasFlag(GpuStage.Transfer) ? PipelineStageFlags.TransferBit : 0)
        | (stages.HasFlag(GpuStage.Host) ? PipelineStageFlags.HostBit : 0);

    public static AccessFlags Writes(GpuStage stages) =>
        (stages.HasFlag(GpuStage.Compute) ? AccessFlags.ShaderWriteBit : 0)
        | (stages.HasFlag(GpuStage.Transfer) ? AccessFlags.TransferWriteBit : 0)
        | (stages.HasFlag(GpuStage.Host) ? AccessFlags.HostWriteBit : 0);

    public static AccessFlags Reads(GpuStage stages) =>
        (stages.HasFlag(GpuStage.Compute) ? AccessFlags.ShaderReadBit : 0)
        | (stages.HasFlag(GpuStage.Transfer) ? AccessFlags.TransferReadBit : 0)
        | (stages.HasFlag(GpuStage.Host) ? AccessFlags.HostReadBit : 0);
}
