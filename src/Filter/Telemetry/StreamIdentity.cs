namespace Realtime.Filter.Telemetry;

/// <summary>Which of the streams of a process a run is.</summary>
/// <param name="Name">The stream's name: a label of its metrics, a field of its events.</param>
/// <param name="Scope">The object that the meters of the process have in common.</param>
internal sealed record StreamIdentity(string Name, object Scope)
{
    /// <summary>The label.</summary>
    public KeyValuePair<string, object?> Label => new("stream", Name);
}
