using System.Globalization;
using System.Text;

namespace Realtime.Filter.Telemetry;

/// <summary>What a <see cref="StatusServer"/> answers.</summary>
/// <param name="Status">"200 OK" and the like.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">The text.</param>
internal sealed record HttpAnswer(string Status, string ContentType, string Body)
{
    /// <summary>Plain words.</summary>
    public static HttpAnswer Words(string status, string words) => new(status, "text/plain; charset=utf-8", words + "\n");

    /// <summary>How something fares: probes look at the status alone.</summary>
    public static HttpAnswer Health(bool isHealthy, string json) => new(isHealthy ? "200 OK" : "503 Service Unavailable", "application/json", json);

    /// <summary>As it goes over the wire; the connection ends behind it.</summary>
    /// <param name="onlyHead">Without the body, as HEAD asks.</param>
    public byte[] ToBytes(bool onlyHead)
    {
        byte[] body = Encoding.UTF8.GetBytes(Body);
        string allow = Status.StartsWith("405", StringComparison.Ordinal) ? "Allow: GET, HEAD\r\n" : "";
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {Status}\r\nContent-Type: {ContentType}\r\nContent-Length: {body.Length}\r\n{allow}Cache-Control: no-store\r\nConnection: close\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. onlyHead ? [] : body];
    }
}
