namespace Realtime.Filter.Live;

/// <summary>
/// An address of a stream, taken apart for one purpose: to speak of it without its secrets. A name and a password in front of the host, the values of
/// the query, and the last part of an RTMP path (the stream key) are secrets.
/// </summary>
public sealed class LiveAddress
{
    private const string Mask = "***";
    private const int ShortestSecret = 4;     // anything shorter would blot out innocent words

    private static readonly string[] TellingWords = ["pass", "pwd", "token", "secret", "key="];   // cameras that take a password within the path

    private readonly List<string> secrets = [];

    private LiveAddress(string url)
    {
        Url = url;
        int colon = url.IndexOf("://", StringComparison.Ordinal);
        Scheme = url[..colon].ToLowerInvariant();
        string rest = url[(colon + 3)..];
        int end = rest.IndexOfAny(['/', '?', '#']);
        string authority = end < 0 ? rest : rest[..end], tail = end < 0 ? "" : rest[end..];
        int at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            HasUser = true;
            AddUser(authority[..at]);
            authority = Mask + authority[at..];
        }

        Name = $"{Scheme}://{authority}{SafeTail(tail)}";
    }

    /// <summary>The address itself; never to be printed.</summary>
    public string Url { get; }

    /// <summary>In lower case, without "://".</summary>
    public string Scheme { get; }

    /// <summary>The address for logs and messages.</summary>
    public string Name { get; }

    /// <summary>Whether it holds anything that others must not read.</summary>
    public bool HasSecrets => secrets.Count > 0;

    /// <summary>Whether a user, and perhaps a password, stand in front of the host.</summary>
    public bool HasUser { get; }

    /// <summary>Whether a text is an address of this kind: a scheme of letters and digits, then "://".</summary>
    public static bool Matches(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf("://", StringComparison.Ordinal);
        return colon > 1 && text.AsSpan(0, colon).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.") < 0;
    }

    /// <summary>Takes an address apart; <see cref="Matches"/> must hold.</summary>
    /// <exception cref="ArgumentException">It is no address.</exception>
    public static LiveAddress Parse(string url) =>
        Matches(url) ? new LiveAddress(url) : throw new ArgumentException($"'{url}' is no address.", nameof(url));

    /// <summary>Blots out whatever of the address is secret, for what ffmpeg says.</summary>
    public string Hide(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Replace(Url, Name, StringComparison.Ordinal);
        foreach (string secret in secrets)
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        return text;
    }

    private string SafeTail(string tail)
    {
        int query = tail.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? tail : tail[..query];
        string safe = SafePath(path);
        return query < 0 ? safe : safe + "?" + string.Join('&', tail[(query + 1)..].Split('&').Select(SafePair));
    }

    private string SafePath(string path)
    {
        int slash = path.LastIndexOf('/');
        bool isKey = Scheme.StartsWith("rtmp", StringComparison.Ordinal) && slash > 0 && slash < path.Length - 1;
        if (isKey)
        {
            Add(path[(slash + 1)..]);
            return path[..(slash + 1)] + Mask;
        }

        if (!TellingWords.Any(word => path.Contains(word, StringComparison.OrdinalIgnoreCase)))
            return path;
        Add(path);
        return "/" + Mask;
    }

    private string SafePair(string pair)
    {
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            Add(pair);
            return Mask;
        }

        string name = pair[..equals], value = pair[(equals + 1)..];
        if (name is "mode" or "latency" or "pkt_size" or "transtype" or "ttl" or "localaddr" or "fifo_size" or "buffer_size" or "overrun_nonfatal" or "listen")
            return pair;
        Add(value);
        return $"{name}={Mask}";
    }

    private void AddUser(string user)
    {
        Add(user, shortest: 1);
        int colon = user.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
            Add(user[(colon + 1)..]);
    }

    private void Add(string secret, int shortest = ShortestSecret)
    {
        string decoded = Uri.UnescapeDataString(secret);
        foreach (string form in decoded == secret ? [secret] : new[] { secret, decoded })
        {
            if (form.Length >= shortest)
                secrets.Add(form);
        }
    }
}
