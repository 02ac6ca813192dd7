namespace Realtime.Filter.Gpu;

/// <summary>A part of a buffer, as a shader sees it.</summary>
/// <param name="Buffer">The buffer.</param>
/// <param name="Offset">First byte, a multiple of <see cref="GpuDevice.StorageAlignment"/>.</param>
/// <param name="Size">Number of bytes.</param>
public readonly record struct GpuBufferRange(GpuBuffer Buffer, ulong Offset, ulong Size)
{
    /// <summary>The whole of <paramref name="buffer"/>.</summary>
    public static implicit operator GpuBufferRange(GpuBuffer buffer) => Whole(buffer);

    /// <summary>The whole of <paramref name="buffer"/>.</summary>
    public static GpuBufferRange Whole(GpuBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return new GpuBufferRange(buffer, 0, buffer.Size);
    }
}
