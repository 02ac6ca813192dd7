using Realtime.Filter.Graph;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Purifiers;

/// <summary>A purifier that takes whole frames and cuts and blends the tiles itself, on the device that it runs on.</summary>
public interface IFramePurifier : ITilePurifier
{
    /// <summary>
    /// Makes the stages that fill <see cref="Frames.FrameSlot.Purified"/> from <see cref="Frames.FrameSlot.Raw"/> and set
    /// <see cref="Frames.FrameSlot.IsPurified"/>. The caller disposes them before the purifier.
    /// </summary>
    /// <param name="grid">The tiles of a frame.</param>
    IReadOnlyList<IFrameStage> CreateStages(TileGrid grid);
}
