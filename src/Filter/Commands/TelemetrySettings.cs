using System.Net;
using Realtime.Filter.Events;

namespace Realtime.Filter.Commands;

/// <summary>What a run tells others.</summary>
internal sealed record TelemetrySettings
{
    /// <summary>Where events go: a file, "-", or the address of a hook; null for nowhere.</summary>
    public string? Events { get; init; }

    /// <summary>Which frames make an event.</summary>
    public EventRule Rule { get; init; }

    /// <summary>Every Nth frame, at least 1; null for every one, or for changes alone.</summary>
    public long? Every { get; init; }

    /// <summary>Where metrics and health can be asked for; null for nowhere.</summary>
    public IPEndPoint? Endpoint { get; init; }

    /// <summary>The longest time without a frame that is healthy.</summary>
    public TimeSpan HealthLimit { get; init; } = TimeSpan.FromSeconds(StatusOptions.DefaultHealthSeconds);
}
