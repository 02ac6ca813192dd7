namespace Realtime.Filter.Gpu;

/// <summary>A point on a queue's time line that other work waits for, on the device.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Value">What its <see cref="GpuQueue.Submit"/> returned.</param>
public readonly record struct GpuWait(GpuQueue Queue, ulong Value);
