namespace Realtime.Filter.Gpu;

/// <summary>A part of a memory block.</summary>
/// <param name="Block">The block.</param>
/// <param name="Offset">First byte in it.</param>
/// <param name="Size">Number of bytes, rounded up to what the memory type asks.</param>
internal readonly record struct GpuAllocation(GpuMemoryBlock Block, ulong Offset, ulong Size);
