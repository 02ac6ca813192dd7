namespace Realtime.Filter.Gpu.Frames;

/// <summary>What health.comp finds in a purified frame.</summary>
[Flags]
internal enum FrameFlags : uint
{
    None = 0,

    /// <summary>A value is infinite or not a number.</summary>
    NotFinite = 1,

    /// <summary>A tile of the decoded frame has something in it.</summary>
    TexturedBefore = 2,

    /// <summary>A purified tile has something in it.</summary>
    TexturedAfter = 4,
}
