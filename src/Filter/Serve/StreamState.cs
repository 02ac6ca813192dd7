namespace Realtime.Filter.Serve;

/// <summary>What a stream of <c>serve</c> is at.</summary>
internal enum StreamState
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>It broke, and is tried again after a wait.</summary>
    Waiting,

    /// <summary>It has come to its end, or was asked to end.</summary>
    Ended,

    /// <summary>It cannot run as it is set, or was given up.</summary>
    Failed,
}
