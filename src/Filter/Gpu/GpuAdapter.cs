using System.Globalization;
using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>A device that Vulkan offers, and what it can do.</summary>
public sealed record GpuAdapter
{
    /// <summary>Its number for <see cref="GpuInstance.OpenDevice"/>.</summary>
    public required int Index { get; init; }

    /// <summary>Its name, as the driver gives it.</summary>
    public required string Name { get; init; }

    /// <summary>Discrete, integrated, virtual or CPU.</summary>
    public required PhysicalDeviceType Type { get; init; }

    /// <summary>Name of the driver, such as "NVIDIA" or "radv".</summary>
    public required string DriverName { get; init; }

    /// <summary>Version of the driver, as it words it.</summary>
    public required string DriverVersion { get; init; }

    /// <summary>The Vulkan version it speaks, such as "1.3.230".</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Bytes of its largest device-local heap.</summary>
    public required ulong DeviceMemoryBytes { get; init; }

    /// <summary>Whether shaders may calculate in half precision and keep it in storage buffers.</summary>
    public required bool HasFloat16 { get; init; }

    /// <summary>Invocations in a subgroup.</summary>
    public required uint SubgroupSize { get; init; }

    /// <summary>Whether compute shaders may sum and compare across a subgroup.</summary>
    public required bool HasSubgroupArithmetic { get; init; }

    /// <summary>Bytes of shared memory that a workgroup may use.</summary>
    public required uint SharedMemoryBytes { get; init; }

    /// <summary>The extension for matrix units that the driver has: "none", "KHR" or "NV". Only KHR is used.</summary>
    public required string CooperativeMatrix { get; init; }

    /// <summary>The products of float16 with sums in float32 that its matrix units make; empty without the KHR extension.</summary>
    public required IReadOnlyList<GpuMatrixShape> MatrixShapes { get; init; }

    /// <summary>Hexadecimal identity of the pipeline cache format.</summary>
    public required string PipelineCacheUuid { get; init; }

    /// <summary>One line for a list of devices.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Index}: {Name} ({Kind(Type)}, {DriverName} {DriverVersion}, Vulkan {ApiVersion}, {DeviceMemoryBytes / 1073741824.0:0.0} GiB, " +
        $"{(HasFloat16 ? "fp16" : "no fp16")}, subgroup {SubgroupSize}, cooperative matrix {string.Join(' ', [CooperativeMatrix, .. MatrixShapes])})");

    private static string Kind(PhysicalDeviceType type) => type switch
    {
        PhysicalDeviceType.DiscreteGpu => "discrete",
        PhysicalDeviceType.IntegratedGpu => "integrated",
        PhysicalDeviceType.VirtualGpu => "virtual",
        PhysicalDeviceType.Cpu => "CPU",
        _ => "other",
    };
}
