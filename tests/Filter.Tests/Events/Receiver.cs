using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Realtime.Filter.Tests.Events;

/// <summary>A receiver of hooks on a free port, which answers with the codes it was given, in turn, and then with 200.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Queue<int> codes;
    private readonly Task serving;

    public Receiver(params int[] codes)
    {
        this.codes = new Queue<int>(codes);
        Address = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", FreePort(), "/hook").Uri;
        listener.Prefixes.Add(Address.GetLeftPart(UriPartial.Authority) + "/");
        listener.Start();
        serving = Task.Run(Serve);
    }

    public Uri Address { get; }

    /// <summary>What came: path, content type, authorisation and body.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>A port on which nobody listens.</summary>
    public static int FreePort()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        listener.Stop();
        serving.Wait();
        listener.Close();
    }

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using StreamReader reader = new(context.Request.InputStream, Encoding.UTF8);
            string body = await reader.ReadToEndAsync();
            lock (Requests)
                Requests.Add($"{context.Request.HttpMethod} {context.Request.RawUrl} {context.Request.ContentType} {context.Request.Headers["Authorization"]} {body.TrimEnd()}");
            context.Response.StatusCode = codes.Count > 0 ? codes.Dequeue() : 200;
            context.Response.Close();
        }
    }
}
