namespace Realtime.Filter.Gpu;

/// <summary>The device has no room for an allocation; a smaller batch may still fit.</summary>
public sealed class GpuOutOfMemoryException : GpuException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="what">What the memory was for.</param>
    /// <param name="requestedBytes">The bytes asked for.</param>
    /// <param name="heapBytes">The size of the heap they were asked from, in bytes.</param>
    public GpuOutOfMemoryException(string what, ulong requestedBytes, ulong heapBytes)
        : base($"out of GPU memory: {what} needs {requestedBytes / 1048576.0:0.0} MiB; the heap has {heapBytes / 1048576.0:0} MiB in all")
    {
        RequestedBytes = requestedBytes;
        HeapBytes = heapBytes;
    }

    /// <summary>The bytes asked for.</summary>
    public ulong RequestedBytes { get; }

    /// <summary>The size of the heap they were asked from, in bytes.</summary>
    public ulong HeapBytes { get; }
}
