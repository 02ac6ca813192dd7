namespace Realtime.Filter.Gpu.Passes;

/// <summary>What a pass does with a resource.</summary>
public enum PassAccess
{
    /// <summary>Reads it only.</summary>
    Read,

    /// <summary>Overwrites all of it that later passes read, without looking at it.</summary>
    Write,

    /// <summary>Reads it, and changes it.</summary>
    ReadWrite,
}
