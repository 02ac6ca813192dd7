using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Models;

namespace Realtime.Filter.Devices;

/// <summary>Names of an NVIDIA GPU's memory, and what <see cref="OrtEnv.CopyTensors"/> needs to copy to and from it.</summary>
internal static class CudaMemory
{
    private static readonly Lock Gate = new();
    private static bool isRegistered;

    /// <summary>The memory of GPU <paramref name="index"/>.</summary>
    public static OrtMemoryInfo OnDevice(int index) => new(OrtMemoryInfo.allocatorCUDA, OrtAllocatorType.DeviceAllocator, index, OrtMemType.Default);

    /// <summary>Host memory that GPU <paramref name="index"/> reads and writes directly.</summary>
    public static OrtMemoryInfo Pinned(int index) => new(OrtMemoryInfo.allocatorCUDA_PINNED, OrtAllocatorType.DeviceAllocator, index, OrtMemType.CpuOutput);

    /// <summary>Copies between a GPU and pinned memory, after <see cref="EnableCopies"/>; returns when it is done.</summary>
    public static void Copy(OrtValue[] from, OrtValue[] to) => OnnxEnvironment.Instance.CopyTensors(from, to, null);

    /// <summary>Makes copies to and from GPUs known to ONNX Runtime, once in a process.</summary>
    /// <param name="library">Path of the CUDA provider's library.</param>
    public static void EnableCopies(string library)
    {
        lock (Gate)
        {
            if (!isRegistered)
                OnnxEnvironment.Instance.RegisterExecutionProviderLibrary("realtime.cuda", library);
            isRegistered = true;
        }
    }
}
