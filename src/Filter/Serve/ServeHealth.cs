using System.Text.Json;
using Realtime.Filter.Telemetry;

namespace Realtime.Filter.Serve;

/// <summary>How all streams fare.</summary>
/// <param name="Status">"failing" where one of them is, else "ok".</param>
/// <param name="Failing">Names of those that are.</param>
/// <param name="Streams">Each by name.</param>
internal sealed record ServeHealth(string Status, IReadOnlyList<string> Failing, IReadOnlyDictionary<string, HealthReport> Streams)
{
    /// <summary>Looks at the streams.</summary>
    public static ServeHealth Of(IReadOnlyList<StreamKeeper> streams)
    {
        Dictionary<string, HealthReport> reports = streams.ToDictionary(keeper => keeper.Stream.Name, keeper => keeper.Health.Rounded());
        string[] failing = [.. reports.Where(report => !report.Value.IsHealthy).Select(report => report.Key)];
        return new ServeHealth(failing.Length > 0 ? "failing" : "ok", failing, reports);
    }

    /// <summary>As a JSON object and a line feed.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web) + "\n";
}
