using Realtime.Filter.Models;

namespace Realtime.Filter.Devices;

/// <summary>Tells, without opening a device, which of the things it needs are not on this machine.</summary>
internal sealed class DeviceProbe(NativeLibraries libraries, IReadOnlyList<string> providers)
{
    public const string CudaLibrary = "libonnxruntime_providers_cuda.so";

    public const string TensorRtLibrary = "libonnxruntime_providers_tensorrt.so";

    private const string Driver = "libcuda.so.1";
    private const string Cudnn = "libcudnn.so.9";   // the CUDA provider loads it when it meets a convolution

    /// <summary>For this machine and the ONNX Runtime in use.</summary>
    public DeviceProbe()
        : this(new NativeLibraries(), OnnxEnvironment.Instance.GetAvailableProviders())
    {
    }

    /// <summary>What is missing and what to install, without a full stop at its end; null where nothing is, as far as can be told from outside.</summary>
    public string? Obstacle(DeviceKind kind) => kind switch
    {
        DeviceKind.Cpu => null,
        DeviceKind.Cuda => MissingProvider("CUDAExecutionProvider") ?? MissingCuda([CudaLibrary]),
        DeviceKind.TensorRt => MissingProvider("TensorrtExecutionProvider") ?? MissingCuda([CudaLibrary, TensorRtLibrary]),
        DeviceKind.WebGpu => MissingProvider("WebGpuExecutionProvider") ?? MissingVulkan(),
        _ => MissingVulkan(),
    };

    private string? MissingProvider(string provider) => providers.Contains(provider)
        ? null
        : $"this ONNX Runtime was built without {provider}; './realtime setup --packages compat' takes one that has it";

    private string? MissingVulkan() => libraries.Has("libvulkan.so.1")
        ? null
        : "libvulkan.so.1 (the Vulkan loader) not found; install it and your GPU's driver: apt-get install libvulkan1 mesa-vulkan-drivers";

    private string? MissingCuda(string[] own)
    {
        if (!libraries.Has(Driver))
            return $"{Driver} (the NVIDIA driver) not found; install the driver of an NVIDIA GPU (Debian: nvidia-driver), then run './realtime setup'";

        List<string> missing = [.. own.Where(library => libraries.Find(library) is null)];
        if (missing.Count > 0)
            return $"{string.Join(", ", missing)} (ONNX Runtime's part for it) not found; './realtime setup' fetches it where it sees an NVIDIA driver";

        IEnumerable<string> needed = own.SelectMany(library => ElfNeeds.Read(libraries.Find(library)!)).Append(Cudnn);
        missing = [.. needed.Distinct().Where(library => !libraries.Has(library))];
        return missing.Count == 0
            ? null
            : $"{string.Join(", ", missing)} not found; install {Packages(missing)} from NVIDIA's package repository, or name their folder in LD_LIBRARY_PATH";
    }

    private static string Packages(List<string> missing)
    {
        string major = missing.Find(library => library.StartsWith("libcudart.so.", StringComparison.Ordinal))?.Split('.')[^1] ?? "13";
        List<string> packages = [];
        if (missing.Exists(library => library.StartsWith("libcu", StringComparison.Ordinal) && library != Cudnn))
            packages.Add($"CUDA {major}'s run-time libraries (cuda-libraries-{major}-*)");
        if (missing.Contains(Cudnn))
            packages.Add($"cuDNN 9 (libcudnn9-cuda-{major})");
        if (missing.Exists(library => library.StartsWith("libnv", StringComparison.Ordinal)))
            packages.Add("TensorRT 10 (libnvinfer10, libnvonnxparsers10)");
        return packages.Count == 0 ? "them" : string.Join(", ", packages);
    }
}
