using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Models;

namespace Realtime.Filter.Devices;

/// <summary>Opens a provider of ONNX Runtime without a model: what only the driver knows comes out here.</summary>
internal static class DeviceOpening
{
    private const string CheckFailed = " was false. ";   // follows place and condition in messages of failed checks

    /// <summary>Why a device whose libraries are all there does not open, with the fix and without a full stop at its end; null where it does.</summary>
    public static string? Fault(DeviceKind kind)
    {
        ProviderSetup? setup = kind switch
        {
            DeviceKind.Cuda => ProviderSetup.Cuda(0),
            DeviceKind.TensorRt => ProviderSetup.TensorRt(0, Precision.Float32, Path.GetTempPath()),
            DeviceKind.WebGpu => ProviderSetup.WebGpu(),
            _ => null,
        };
        try
        {
            using SessionOptions options = new();
            setup?.Append(options);
            return null;
        }
        catch (OnnxRuntimeException error)
        {
            return Explain(kind, error);
        }
    }

    /// <summary>What ONNX Runtime said when a device did not open, and what to do.</summary>
    public static string Explain(DeviceKind kind, OnnxRuntimeException error)
    {
        string line = OnnxSessions.FirstLine(error);
        int end = line.IndexOf(CheckFailed, StringComparison.Ordinal);
        string said = end < 0 ? line : line[(end + CheckFailed.Length)..];
        string fix = kind == DeviceKind.WebGpu
            ? "; it needs a Vulkan device that Dawn accepts: install your GPU's Vulkan driver (Debian: mesa-vulkan-drivers; its software device from Mesa 24 on)"
            : "";
        return $"ONNX Runtime could not open it: {said.TrimEnd('.', ' ')}{fix}";
    }
}
