namespace Realtime.Filter.Commands;

/// <summary>How progress is shown.</summary>
public enum ProgressMode
{
    /// <summary>A line that renews itself where stderr is a terminal, nothing elsewhere.</summary>
    Auto,

    /// <summary>One JSON object a line on stderr.</summary>
    Json,

    /// <summary>Nothing.</summary>
    None,
}
