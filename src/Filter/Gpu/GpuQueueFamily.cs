namespace Realtime.Filter.Gpu;

/// <summary>A family of queues.</summary>
/// <param name="Index">Its number on the device.</param>
/// <param name="HasCompute">Whether it runs shaders, and not copies alone.</param>
/// <param name="Queues">How many queues it has.</param>
/// <param name="TimestampBits">Meaningful bits of its time stamps; 0 = it has none.</param>
internal readonly record struct GpuQueueFamily(uint Index, bool HasCompute, uint Queues, int TimestampBits);
