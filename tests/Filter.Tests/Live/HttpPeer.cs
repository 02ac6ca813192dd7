using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Realtime.Filter.Tests.Live;

/// <summary>An HTTP server on a free port of this machine, whose every answer a test decides: what, how much of it, and whether it then goes silent.</summary>
internal sealed class HttpPeer : IDisposable
{
    private readonly TcpListener listener;
    private readonly Func<int, string, Answer?> answers;
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;
    private int requests;

    /// <param name="answers">From the number of the request, from 0, and its path; null is 404.</param>
    /// <param name="port">Its port; 0 is any.</param>
    public HttpPeer(Func<int, string, Answer?> answers, int port = 0)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        this.answers = answers;
        listener.Start();
        loop = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Requests => Volatile.Read(ref requests);

    public string Url(string path, string user = "") => $"http://{user}127.0.0.1:{Port}/{path}";

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        loop.Wait();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> clients = [];
        try
        {
            while (true)
                clients.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        using TcpClient client = accepted;
        try
        {
            NetworkStream stream = client.GetStream();
            string path = await RequestedAsync(stream);
            Answer? answer = answers(Interlocked.Increment(ref requests) - 1, path);
            string head = answer is null ? "HTTP/1.0 404 Not Found\r\n\r\n" : "HTTP/1.0 200 OK\r\nContent-Type: video/mp2t\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop.Token);
            if (answer is null)
                return;
            await stream.WriteAsync(answer.Body, stop.Token);
            if (answer.ThenSilent)
                await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
        {
            // The client has gone, as some tests want it to.
        }
    }

    private async Task<string> RequestedAsync(NetworkStream stream)
    {
        StringBuilder request = new();
        byte[] buffer = new byte[1024];
        while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            int read = await stream.ReadAsync(buffer, stop.Token);
            if (read == 0)
                break;
            request.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        string[] words = request.ToString().Split(' ');
        return words.Length > 1 ? words[1].TrimStart('/') : "";
    }

    internal sealed record Answer(byte[] Body, bool ThenSilent = false);
}
