namespace Realtime.Filter.Gpu.Passes;

/// <summary>
/// A piece of memory as the passes of one graph see it: a buffer that exists already (weights, the frame), or a transient one that lives
/// from its first use to its last and shares the graph's heap with others whose time is another.
/// </summary>
public sealed class PassResource
{
    internal PassResource(string name, ulong bytes, GpuBufferRange? imported)
    {
        Name = name;
        Bytes = bytes;
        IsTransient = imported is null;
        if (imported is GpuBufferRange range)
            Range = range;
    }

    /// <summary>For listings and debug labels.</summary>
    public string Name { get; }

    /// <summary>Size in bytes.</summary>
    public ulong Bytes { get; }

    /// <summary>Whether it lives in the graph's heap.</summary>
    public bool IsTransient { get; }

    /// <summary>Where it lies; of a transient one once the graph is compiled.</summary>
    public GpuBufferRange Range { get; internal set; }

    /// <summary>The first pass that uses it; -1 before any does.</summary>
    public int FirstPass { get; internal set; } = -1;

    /// <summary>The last pass that uses it.</summary>
    public int LastPass { get; internal set; } = -1;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
