using Realtime.Filter.Errors;

namespace Realtime.Filter.Events;

/// <summary>Opens whatever the user wrote after --events.</summary>
internal static class EventWriters
{
    /// <summary>Standard output.</summary>
    public const string StandardOutput = "-";

    private const string SchemeEnd = "://";

    /// <summary>Opens a file (appended to), "-" for standard output, or an address for a hook.</summary>
    /// <param name="target">The text after --events.</param>
    /// <param name="warn">Takes a line about what could not be delivered.</param>
    /// <exception cref="UserErrorException">It cannot be written, or is an address of another kind (usage).</exception>
    public static IEventWriter Open(string target, Action<string> warn)
    {
        if (target.Length == 0)
            throw new UserErrorException(ExitCode.Usage, "--events is empty; name a file, - for standard output, or the address of a hook.");
        if (target == StandardOutput)
            return new StandardOutputEvents();
        if (!target.Contains(SchemeEnd, StringComparison.Ordinal))
            return new FileEvents(target, warn);
        string scheme = target[..target.IndexOf(SchemeEnd, StringComparison.Ordinal)];
        if (!Uri.TryCreate(target, UriKind.Absolute, out Uri? address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new UserErrorException(ExitCode.Usage, $"--events {scheme}{SchemeEnd}... is not an address that events can be posted to; use {Uri.UriSchemeHttp} or {Uri.UriSchemeHttps}.");
        return new HookEvents(address, warn);
    }
}
