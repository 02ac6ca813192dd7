using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Commands;

/// <summary>The options that say where a run can be asked how it fares: metrics, health.</summary>
internal sealed class StatusOptions
{
    public const double DefaultHealthSeconds = 10;

    private readonly Option<string?> metrics = new("--metrics") { Description = "Serve /metrics, in Prometheus's text format, and /health on this port of the loopback address, or on ADDRESS:PORT; 0 is any free port.", HelpName = "PORT|ADDRESS:PORT" };
    private readonly Option<double> health = new("--health-timeout") { Description = "Seconds without a frame after which /health answers 503.", HelpName = "S", DefaultValueFactory = _ => DefaultHealthSeconds };

    public StatusOptions(Command command)
    {
        health.RequireAtLeast(0.1);
        command.Add(metrics);
        command.Add(health);
        command.Validators.Add(result =>
        {
            if (result.GetValue(metrics) is null && result.GetResult(health) is { Implicit: false })
                result.AddError($"{health.Name} is about /health; serve it with --metrics.");
        });
    }

    /// <summary>Whether metrics are served.</summary>
    public bool AreGiven(CommandResult result) => result.GetValue(metrics) is not null;

    /// <summary>Where; null for nowhere.</summary>
    /// <exception cref="UserErrorException">It is no address (usage).</exception>
    public IPEndPoint? Endpoint(ParseResult parsed) => parsed.GetValue(metrics) is string text ? Parse(text) : null;

    /// <summary>The longest time without a frame that is healthy.</summary>
    public TimeSpan HealthLimit(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(health));

    /// <summary>Reads "9464", "localhost:9464", "0.0.0.0:9464" or "[::]:9464".</summary>
    /// <exception cref="UserErrorException">Something else (usage).</exception>
    internal static IPEndPoint Parse(string text)
    {
        const string Local = "localhost:";
        string port = text.StartsWith(Local, StringComparison.OrdinalIgnoreCase) ? text[Local.Length..] : text;
        if (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= IPEndPoint.MaxPort)
            return new IPEndPoint(IPAddress.Loopback, number);
        bool hasPort = text.LastIndexOf(':') > text.LastIndexOf(']');       // an address alone would be taken for one with port 0
        if (hasPort && text.Any(letter => letter is '.' or ']') && IPEndPoint.TryParse(text, out IPEndPoint? endpoint))
            return endpoint;
        throw new UserErrorException(ExitCode.Usage, $"--metrics '{text}' must be a port, as 9464, or ADDRESS:PORT, as 0.0.0.0:9464 or [::]:9464.");
    }
}
