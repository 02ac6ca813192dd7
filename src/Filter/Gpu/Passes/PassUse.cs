namespace Realtime.Filter.Gpu.Passes;

/// <summary>One binding of a pass.</summary>
/// <param name="Resource">What is bound.</param>
/// <param name="Access">What the pass does with it; barriers and lifetimes follow from this.</param>
public readonly record struct PassUse(PassResource Resource, PassAccess Access)
{
    /// <summary>Whether the pass writes it.</summary>
    public bool Writes => Access != PassAccess.Read;

    /// <summary>A binding that is read.</summary>
    public static PassUse Read(PassResource resource) => new(resource, PassAccess.Read);

    /// <summary>A binding that is overwritten.</summary>
    public static PassUse Write(PassResource resource) => new(resource, PassAccess.Write);

    /// <summary>A binding that is changed.</summary>
    public static PassUse Change(PassResource resource) => new(resource, PassAccess.ReadWrite);
}
