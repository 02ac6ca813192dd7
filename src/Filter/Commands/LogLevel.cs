namespace Realtime.Filter.Commands;

/// <summary>How much a command tells on stderr.</summary>
public enum LogLevel
{
    /// <summary>Errors only.</summary>
    Error,

    /// <summary>Also what deserves attention although the run goes on.</summary>
    Warning,

    /// <summary>Also what is used (device, model) and the summary.</summary>
    Info,

    /// <summary>Also the graph and details of the run.</summary>
    Debug,
}
