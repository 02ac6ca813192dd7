using Realtime.Filter.Frames;

namespace Realtime.Filter.Telemetry;

/// <summary>Is told of every frame that went out, on the sink's thread. It must be quick.</summary>
internal interface IFrameObserver
{
    /// <summary>A frame has gone out.</summary>
    /// <param name="slot">The frame; its buffers may be looked at within this call only.</param>
    void FrameOut(FrameSlot slot);
}
