using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Gpu.Frames;

/// <summary>Tells a purified frame from a broken one, by the same rule as <see cref="TileHealth"/> on the CPU.</summary>
internal static class FrameHealth
{
    /// <summary>What is wrong, or null.</summary>
    public static string? Fault(FrameFlags flags)
    {
        // Not HasFlag: until the runtime has optimised it, it allocates.
        if ((flags & FrameFlags.NotFinite) != 0)
            return TileHealth.NotFinite;
        return (flags & (FrameFlags.TexturedBefore | FrameFlags.TexturedAfter)) == FrameFlags.TexturedBefore ? TileHealth.AllFlat : null;
    }
}
