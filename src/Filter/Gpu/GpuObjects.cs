using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>
/// Counts the Vulkan objects of an instance that exist, kind by kind. What goes with its pool (command buffers, descriptor sets) is
/// not counted. Safe on any thread.
/// </summary>
internal sealed class GpuObjects
{
    private readonly Dictionary<ObjectType, int> counts = [];

    /// <summary>The kinds that exist, and how many of each; empty once all are destroyed.</summary>
    public IReadOnlyDictionary<ObjectType, int> Alive
    {
        get
        {
            lock (counts)
                return counts.Where(count => count.Value != 0).ToDictionary();
        }
    }

    /// <summary>One was made.</summary>
    public void Made(ObjectType kind)
    {
        lock (counts)
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
    }

    /// <summary>One is destroyed; a handle of 0 never was one.</summary>
    public void Gone(ObjectType kind, ulong handle)
    {
        if (handle == 0)
            return;
        lock (counts)
            counts[kind] = counts.GetValueOrDefault(kind) - 1;
    }
}
