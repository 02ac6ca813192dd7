namespace Realtime.Filter.Frames;

/// <summary>Which of a slot's pictures is meant.</summary>
public enum FramePicture
{
    /// <summary><see cref="FrameSlot.Raw"/>, the decoded (or attacked) picture.</summary>
    Raw,

    /// <summary><see cref="FrameSlot.Purified"/>.</summary>
    Purified,
}
