using Realtime.Filter.Errors;
using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu.Maep;

/// <summary>How attention.comp shares 64 queries among the threads of a workgroup.</summary>
internal static class AttentionCut
{
    /// <summary>Queries of a workgroup.</summary>
    public const uint Queries = 64;

    private const uint Block = 64;      // keys, and as many values, that are in shared memory at a time

    /// <summary>Sees to it that a model's heads fit into the shared memory of a device, before a driver fails at it.</summary>
    /// <param name="path">The model's file, for the message.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="device">What runs it.</param>
    /// <exception cref="UserErrorException">They do not (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static void Check(string path, MaepArchitecture shape, GpuAdapter device)
    {
        uint width = (uint)(shape.Width / shape.Heads);
        uint bytes = 2 * Block * width * sizeof(float);
        if (bytes > device.SharedMemoryBytes)
        {
            throw new UserErrorException(
                ExitCode.ModelRejected,
                $"model '{path}' cannot run on '{device.Name}': attention heads of {width} numbers need {bytes} bytes of shared memory, the device has {device.SharedMemoryBytes}. " +
                $"--device cpu runs it; heads of at most {device.SharedMemoryBytes / (2 * Block * sizeof(float)) / 4 * 4} numbers fit.");
        }
    }

    /// <summary>Threads, and queries of each. On a software device a load from shared memory costs more than the products made of it.</summary>
    public static uint[] For(GpuDevice device) => device.Adapter.Type == PhysicalDeviceType.Cpu ? [16, 4] : [64, 1];
}
