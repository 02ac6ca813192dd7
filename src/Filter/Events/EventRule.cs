namespace Realtime.Filter.Events;

/// <summary>Which frames make an event.</summary>
public enum EventRule
{
    /// <summary>Every one, or every Nth and those that need attention.</summary>
    Frame,

    /// <summary>Those at which something is other than it was, and every Nth where that is asked for.</summary>
    Change,
}
