using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Commands;

/// <summary>Which devices there are to run a model on. At present that is the CPU; a device that is missing is never replaced silently.</summary>
internal static class Devices
{
    public const string Cpu = "cpu";

    private const string ProcessorFile = "/proc/cpuinfo";

    /// <summary>Name, cores and abilities of the processor: "AMD EPYC, 2 cores, AVX-512 BF16".</summary>
    public static string DescribeCpu()
    {
        string[] lines = File.Exists(ProcessorFile) ? File.ReadAllLines(ProcessorFile) : [];
        string name = Field(lines, "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        string[] flags = Field(lines, "flags")?.Split(' ') ?? [];
        string ability = flags.Contains("avx512_bf16") ? "AVX-512 BF16" : flags.Contains("avx512f") ? "AVX-512" : flags.Contains("avx2") ? "AVX2" : "no AVX2";
        return $"{name}, {Environment.ProcessorCount} cores, {ability}";
    }

    /// <summary>The execution providers that this ONNX Runtime was built with; the native library of one may still be missing.</summary>
    public static IReadOnlyList<string> Providers() => OrtEnv.Instance().GetAvailableProviders();

    /// <summary>Makes sure that <paramref name="device"/> can be used.</summary>
    /// <exception cref="UserErrorException">It cannot (<see cref="ExitCode.DeviceUnavailable"/>); the message names what is missing.</exception>
    public static void Require(string device)
    {
        if (device == Cpu)
            return;

        string missing = device.Split(':')[0] switch
        {
            "cuda" or "gpu" => Missing("CUDAExecutionProvider", "libonnxruntime_providers_cuda.so", "libcuda.so.1"),
            "tensorrt" => Missing("TensorrtExecutionProvider", "libonnxruntime_providers_tensorrt.so", "libcuda.so.1"),
            "vulkan" => "realtime has no Vulkan path for models yet",
            _ => "no such device is known",
        };
        throw new UserErrorException(ExitCode.DeviceUnavailable, $"device '{device}' is not available: {missing}. Available: {Cpu} ({DescribeCpu()}).");
    }

    private static string Missing(string provider, params string[] libraries)
    {
        if (!Providers().Contains(provider))
            return $"this ONNX Runtime was built without {provider}";
        string[] absent = [.. libraries.Where(library => !IsLoadable(library))];
        return absent.Length > 0 ? $"{string.Join(" and ", absent)} not found" : "realtime runs models on the CPU only so far";
    }

    private static bool IsLoadable(string library)
    {
        bool loaded = NativeLibrary.TryLoad(library, typeof(Devices).Assembly, null, out nint handle);
        if (loaded)
            NativeLibrary.Free(handle);
        return loaded;
    }

    private static string? Field(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
