using System.Net;
using System.Net.Sockets;
using System.Text;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Telemetry;

/// <summary>
/// Answers GET requests for a few small pages, one a connection, as HTTP/1.1 (RFC 9112) asks of a server that keeps nothing alive. For scrapers and probes on the same
/// machine or network: no TLS, no names, no bodies of requests. A slow or silent client is given up after some seconds and holds up nobody.
/// </summary>
internal sealed class StatusServer : IDisposable
{
    private const int LongestHead = 8192;
    private const int MostConnections = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Pause = TimeSpan.FromSeconds(0.1);

    private readonly Func<string, HttpAnswer?> answer;
    private readonly TcpListener listener;
    private readonly SemaphoreSlim places = new(MostConnections);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    /// <summary>Takes the port and begins.</summary>
    /// <param name="endpoint">Address and port; port 0 takes any free one.</param>
    /// <param name="answer">The page of a path ("/metrics"), or null where there is none. Called from several threads.</param>
    /// <exception cref="UserErrorException">The port is taken, or the address is not of this machine (usage).</exception>
    public StatusServer(IPEndPoint endpoint, Func<string, HttpAnswer?> answer)
    {
        this.answer = answer;
        listener = new TcpListener(endpoint);
        try
        {
            listener.Start();
        }
        catch (SocketException error)
        {
            throw new UserErrorException(ExitCode.Usage, $"--metrics cannot listen on {endpoint}: {error.Message}. Name another PORT or ADDRESS:PORT.", error);
        }

        accepting = Task.Run(Accept);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)listener.LocalEndpoint;

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        accepting.GetAwaiter().GetResult();
        for (int i = 0; i < MostConnections; i++)
            places.Wait();      // those that are being served end with the token
        places.Dispose();
        stop.Dispose();
    }

    private async Task Accept()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await places.WaitAsync(stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                TcpClient client = await listener.AcceptTcpClientAsync(stop.Token).ConfigureAwait(false);
                _ = Serve(client);      // gives its place back itself
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Ended, or a client that was gone before it was accepted, or no file handle is left: then one may be soon.
                places.Release();
                await Task.Delay(Pause, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Serve(TcpClient client)
    {
        try
        {
            using TcpClient connection = client;
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            limit.CancelAfter(Patience);
            NetworkStream stream = connection.GetStream();
            string? head = await ReadHead(stream, limit.Token).ConfigureAwait(false);
            if (head is null)
                return;
            await stream.WriteAsync(Response(head), limit.Token).ConfigureAwait(false);
            connection.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away or took too long: its loss alone.
        }
        finally
        {
            places.Release();
        }
    }

    // Up to the empty line that ends a request without body; null where it does not come.
    private static async Task<string?> ReadHead(NetworkStream stream, CancellationToken cancellation)
    {
        byte[] buffer = new byte[LongestHead];
        int length = 0;
        while (length < buffer.Length)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false);
            if (read == 0)
                return null;
            length += read;
            int end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
                return Encoding.Latin1.GetString(buffer, 0, end);
        }

        return "";      // too long: answered as what it is, no request
    }

    private byte[] Response(string head)
    {
        string[] request = head.Split("\r\n", 2)[0].Split(' ');
        HttpAnswer page = request is not [_, _, "HTTP/1.1" or "HTTP/1.0"]
            ? HttpAnswer.Words("400 Bad Request", "this is no HTTP request")
            : request[0] is not ("GET" or "HEAD") ? HttpAnswer.Words("405 Method Not Allowed", "only GET and HEAD") : Page(request[1].Split('?', 2)[0]);
        return page.ToBytes(onlyHead: request[0] == "HEAD");
    }

    private HttpAnswer Page(string path)
    {
        try
        {
            return answer(path) ?? HttpAnswer.Words("404 Not Found", "there is no such page");
        }
        catch (Exception error)
        {
            return HttpAnswer.Words("500 Internal Server Error", $"{error.GetType().Name}: {error.Message}");   // whoever asked is told; frames go on
        }
    }
}
