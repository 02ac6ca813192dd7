using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Models;

namespace Realtime.Filter.Devices;

/// <summary>Opens a provider of ONNX Runtime without a model: what only the driver knows comes out here.</summary>
internal static class DeviceOpening
{
    // In ONNX Runtime's messages the place in its sources stands before these, and the machine's name after that.
    private static readonly string[] Beginnings = [" was false. ", " : FAIL : "];
    private const string End = " ; GPU=";

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
            using SessionOptions options = OnnxSessions.Options();
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
        string said = OnnxSessions.FirstLine(error);
        foreach (string beginning in Beginnings)
            said = said[(said.LastIndexOf(beginning, StringComparison.Ordinal) is int at and >= 0 ? at + beginning.Length : 0)..];
        said = said.Split(End, 2)[0];
        string fix = kind == DeviceKind.WebGpu
            ? "; it needs a Vulkan device that Dawn accepts: install your GPU's Vulkan driver (Debian: mesa-vulkan-drivers; its software device from Mesa 24 on)"
            : "";
        return $"ONNX Runtime could not open it: {said.TrimEnd('.', ' ')}{fix}";
    }
}
