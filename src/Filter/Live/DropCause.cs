namespace Realtime.Filter.Live;

/// <summary>Why a frame was dropped.</summary>
public enum DropCause
{
    /// <summary>A newer frame came before it was asked for.</summary>
    Queue,

    /// <summary>When it was asked for, it could not be shown within the latency target any more.</summary>
    Late,

    /// <summary>The output did not take it: its consumer stalls or is away.</summary>
    Sink,
}
