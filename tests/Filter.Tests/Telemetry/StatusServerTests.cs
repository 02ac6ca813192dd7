using System.Net;
using System.Net.Sockets;
using System.Text;
using Realtime.Filter.Commands;
using Realtime.Filter.Errors;
using Realtime.Filter.Telemetry;

namespace Realtime.Filter.Tests.Telemetry;

public sealed class StatusServerTests : IDisposable
{
    private readonly StatusServer server = new(new IPEndPoint(IPAddress.Loopback, 0), path => path switch
    {
        "/page" => new HttpAnswer("200 OK", "text/plain", "größe\n"),
        "/broken" => throw new InvalidOperationException("no figures"),
        _ => null,
    });

    public void Dispose() => server.Dispose();

    [Theory]
    [InlineData("GET /page HTTP/1.1", "HTTP/1.1 200 OK", "größe\n")]
    [InlineData("GET /page?x=1 HTTP/1.0", "HTTP/1.1 200 OK", "größe\n")]
    [InlineData("HEAD /page HTTP/1.1", "HTTP/1.1 200 OK", "")]
    [InlineData("GET /other HTTP/1.1", "HTTP/1.1 404 Not Found", "there is no such page\n")]
    [InlineData("POST /page HTTP/1.1", "HTTP/1.1 405 Method Not Allowed", "only GET and HEAD\n")]
    [InlineData("GET /broken HTTP/1.1", "HTTP/1.1 500 Internal Server Error", "InvalidOperationException: no figures\n")]
    [InlineData("hello", "HTTP/1.1 400 Bad Request", "this is no HTTP request\n")]
    public void A_request_gets_its_answer_and_the_connection_ends(string request, string status, string body)
    {
        string answer = Ask($"{request}\r\nHost: x\r\n\r\n");

        string[] parts = answer.Split("\r\n\r\n", 2);
        string[] head = parts[0].Split("\r\n");
        Assert.Equal((status, body), (head[0], parts[1]));
        int length = Encoding.UTF8.GetByteCount(request.StartsWith("HEAD", StringComparison.Ordinal) ? "größe\n" : body);
        Assert.Contains($"Content-Length: {length}", head);
        Assert.Contains("Connection: close", head);
        Assert.Equal(status.Contains("405", StringComparison.Ordinal), head.Contains("Allow: GET, HEAD"));
    }

    [Fact]
    public void A_head_without_end_is_refused() => Assert.StartsWith("HTTP/1.1 400", Ask(new string('a', 8192)), StringComparison.Ordinal);

    [Fact]
    public void Clients_that_say_nothing_hold_up_nobody()
    {
        TcpClient[] silent = [.. Enumerable.Range(0, 8).Select(_ => Connect())];
        silent[0].GetStream().Write("GET /pa"u8);

        Assert.Contains("200 OK", Ask("GET /page HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
        foreach (TcpClient client in silent)
            client.Dispose();
    }

    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => new StatusServer(server.Endpoint, _ => null));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains($"{server.Endpoint}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9464", "127.0.0.1:9464")]
    [InlineData("localhost:80", "127.0.0.1:80")]
    [InlineData("0.0.0.0:9464", "0.0.0.0:9464")]
    [InlineData("[::1]:9464", "[::1]:9464")]
    public void An_address_is_read_as_users_write_it(string text, string expected) => Assert.Equal(expected, StatusOptions.Parse(text).ToString());

    [Theory]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("host:80")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("127.0.0.1:x")]
    public void Another_text_is_refused(string text) => Assert.Equal(ExitCode.Usage, Assert.Throws<UserErrorException>(() => StatusOptions.Parse(text)).ExitCode);

    private TcpClient Connect()
    {
        TcpClient client = new();
        client.Connect(server.Endpoint);
        return client;
    }

    private string Ask(string request)
    {
        using TcpClient client = Connect();
        client.GetStream().Write(Encoding.ASCII.GetBytes(request));
        using StreamReader reader = new(client.GetStream(), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
