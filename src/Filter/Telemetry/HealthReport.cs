using System.Text.Json;
using System.Text.Json.Serialization;

namespace Realtime.Filter.Telemetry;

/// <summary>How a run fares.</summary>
/// <param name="Status">"ok", "idle" or "failing".</param>
/// <param name="Reason">Why it is idle or failing; null else.</param>
/// <param name="Frames">Frames that went out so far.</param>
/// <param name="SecondsSinceFrame">Since the last one, or since the start.</param>
internal sealed record HealthReport(string Status, string? Reason, long Frames, double SecondsSinceFrame)
{
    /// <summary>Whether nothing has to be done.</summary>
    [JsonIgnore]
    public bool IsHealthy => Status != "failing";

    /// <summary>With as many digits as anybody reads.</summary>
    public HealthReport Rounded() => this with { SecondsSinceFrame = Math.Round(SecondsSinceFrame, 3) };

    /// <summary>As a JSON object and a line feed.</summary>
    public string ToJson() => JsonSerializer.Serialize(Rounded(), JsonSerializerOptions.Web) + "\n";
}
