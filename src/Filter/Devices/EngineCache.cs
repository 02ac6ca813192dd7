using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Realtime.Filter.Devices;

/// <summary>
/// The folder where TensorRT keeps the engines it built, one for everything an engine depends on: an engine of another model, ONNX Runtime,
/// TensorRT or driver is never met again, and a rebuilt model never takes an old engine.
/// </summary>
internal static class EngineCache
{
    private const string DriverFile = "/proc/driver/nvidia/version";
    private const string Unknown = "unknown";

    /// <summary>Makes and returns the folder: $XDG_CACHE_HOME/realtime/tensorrt/KEY, or below ~/.cache.</summary>
    /// <param name="modelPath">The ONNX file.</param>
    /// <param name="runtime">Version of ONNX Runtime.</param>
    public static string Folder(string modelPath, string runtime)
    {
        string key = Key(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(modelPath))), runtime, TensorRtVersion(), DriverVersion());
        return Directory.CreateDirectory(Path.Combine(UserCache.Folder("tensorrt"), key)).FullName;
    }

    /// <summary>A name of 32 hexadecimal digits; another one as soon as anything differs.</summary>
    public static string Key(string model, string runtime, string tensorRt, string driver) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', model, runtime, tensorRt, driver))))[..32];

    /// <summary>The version in the first line of the NVIDIA driver's description, "580.82.07"; "unknown" where there is none.</summary>
    public static string DriverVersion(string description) =>
        description.Split('\n', 2)[0].Split(' ').FirstOrDefault(word => word.Contains('.', StringComparison.Ordinal) && Version.TryParse(word, out _)) ?? Unknown;

    private static string DriverVersion() => File.Exists(DriverFile) ? DriverVersion(File.ReadAllText(DriverFile)) : Unknown;

    // TensorRT tells its version through one plain function; 10 is what ONNX Runtime 1.29 is linked to.
    private static unsafe string TensorRtVersion()
    {
        if (!NativeLibrary.TryLoad("libnvinfer.so.10", out nint library) || !NativeLibrary.TryGetExport(library, "getInferLibVersion", out nint function))
            return Unknown;
        return ((delegate* unmanaged<int>)function)().ToString(CultureInfo.InvariantCulture);
    }
}
