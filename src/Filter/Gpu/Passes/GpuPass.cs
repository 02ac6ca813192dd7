using System.Runtime.InteropServices;

namespace Realtime.Filter.Gpu.Passes;

/// <summary>One step of a <see cref="PassGraph"/>: a dispatch, a copy, or a fill with zeros.</summary>
/// <param name="Name">For listings, debug labels and timings.</param>
/// <param name="Pipeline">The kernel; null for a copy (of the first use to the second) and for a fill (of its only use).</param>
/// <param name="Uses">The bindings, in the kernel's order.</param>
public sealed record GpuPass(string Name, GpuPipeline? Pipeline, IReadOnlyList<PassUse> Uses)
{
    /// <summary>Push constants; empty for none.</summary>
    public ReadOnlyMemory<byte> Constants { get; init; }

    /// <summary>Workgroups.</summary>
    public (uint X, uint Y, uint Z) Groups { get; init; } = (1, 1, 1);

    /// <summary>Multiplications and additions of numbers that the algorithm needs, for the share of the device's peak.</summary>
    public double Flops { get; init; }

    /// <summary>Bytes that must at least be read and written, for the share of the device's peak.</summary>
    public double Bytes { get; init; }

    /// <summary>The stage of the device that works on it.</summary>
    public GpuStage Stage => Pipeline is null ? GpuStage.Transfer : GpuStage.Compute;

    /// <summary>Push constants of whole numbers; a float goes in as its bits.</summary>
    public static ReadOnlyMemory<byte> Pack(params ReadOnlySpan<uint> constants) => MemoryMarshal.AsBytes(constants).ToArray();
}
