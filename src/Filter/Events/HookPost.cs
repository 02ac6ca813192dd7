using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Realtime.Filter.Events;

/// <summary>Posts JSON to one address.</summary>
internal sealed class HookPost : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Patience };
    private readonly Uri address;

    /// <summary>Prepares.</summary>
    /// <param name="address">Where; a user name and password in it become a header.</param>
    public HookPost(Uri address)
    {
        // Neither user nor path nor query are for a log: hooks carry their secrets in any of them.
        Name = address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        if (address.UserInfo.Length > 0)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))));
        this.address = new UriBuilder(address) { UserName = "", Password = "" }.Uri;
    }

    /// <summary>The receiver without anything secret.</summary>
    public string Name { get; }

    /// <summary>Posts.</summary>
    /// <param name="json">The body.</param>
    /// <param name="cancellation">Gives up; counts as a failure.</param>
    /// <returns>What went wrong, or null.</returns>
    public async Task<HookFailure?> Send(byte[] json, CancellationToken cancellation)
    {
        using ByteArrayContent content = new(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using HttpResponseMessage response = await client.PostAsync(address, content, cancellation).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : new HookFailure(string.Create(CultureInfo.InvariantCulture, $"it answered {(int)response.StatusCode}"), MayPass(response.StatusCode));
        }
        catch (HttpRequestException error)
        {
            return new HookFailure(error.Message, MayPass: true);
        }
        catch (OperationCanceledException)
        {
            return new HookFailure(string.Create(CultureInfo.InvariantCulture, $"no answer within {Patience.TotalSeconds} s"), MayPass: true);
        }
    }

    public void Dispose() => client.Dispose();

    private static bool MayPass(HttpStatusCode code) => (int)code >= 500 || code is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
}
