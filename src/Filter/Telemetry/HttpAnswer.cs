namespace Realtime.Filter.Telemetry;

/// <summary>What a <see cref="StatusServer"/> answers.</summary>
/// <param name="Status">"200 OK" and the like.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">The text.</param>
internal sealed record HttpAnswer(string Status, string ContentType, string Body)
{
    /// <summary>Plain words.</summary>
    public static HttpAnswer Words(string status, string words) => new(status, "text/plain; charset=utf-8", words + "\n");
}
