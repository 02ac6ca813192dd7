using Realtime.Filter.Gpu.Passes;

namespace Realtime.Filter.Gpu.Frames;

/// <summary>What one frame in flight has of its own.</summary>
/// <param name="Graph">Its passes.</param>
/// <param name="Staging">Where the host writes the decoded frame.</param>
/// <param name="Output">The purified frame on the device.</param>
/// <param name="Readback">Where the host finds the purified frame and, behind it, the flags.</param>
/// <param name="Upload">Copies in, on the transfer queue.</param>
/// <param name="Compute">The passes.</param>
/// <param name="Download">Copies out, on the transfer queue.</param>
internal sealed record FrameLane(PassGraph Graph, GpuBuffer Staging, GpuBuffer Output, GpuBuffer Readback, GpuCommands Upload, GpuCommands Compute, GpuCommands Download)
{
    /// <summary>Frees the commands once the device is done with them; the buffers belong to the program.</summary>
    public void Retire(GpuDevice device)
    {
        device.Retire(Upload);
        device.Retire(Compute);
        device.Retire(Download);
    }
}
