using System.Globalization;

namespace Realtime.Filter.Gpu;

/// <summary>The product that a device's matrix units make at a time: [Rows, Depth] float16 times [Depth, Columns] float16, added up in float32.</summary>
/// <param name="Rows">M.</param>
/// <param name="Columns">N.</param>
/// <param name="Depth">K.</param>
public readonly record struct GpuMatrixShape(uint Rows, uint Columns, uint Depth)
{
    /// <summary>As Vulkan orders them, such as "16x8x16".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows}x{Columns}x{Depth}");
}
