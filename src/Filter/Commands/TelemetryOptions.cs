using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Realtime.Filter.Errors;
using Realtime.Filter.Events;

namespace Realtime.Filter.Commands;

/// <summary>The options that say what others are told of a run: events, metrics, health.</summary>
internal sealed class TelemetryOptions
{
    public const double DefaultHealthSeconds = 10;

    private readonly Option<string?> events = new("--events") { Description = "Tell of frames as JSON, an object a line: append to FILE, - for stdout, or post each to an address. See docs/operations.md for the fields.", HelpName = "FILE|-|URL" };
    private readonly Option<EventRule> rule = new("--events-on") { Description = "frame: every frame. change: only where the most probable class, the alarm or a failure is another than on the frame before, or frames were dropped.", DefaultValueFactory = _ => EventRule.Frame };
    private readonly Option<long?> every = new("--events-every") { Description = "Every Nth frame. The alarm's going up or down, failures and drops are told all the same; with --events-on change, besides the changes.", HelpName = "N" };
    private readonly Option<string?> metrics = new("--metrics") { Description = "Serve /metrics, in Prometheus's text format, and /health on this port of the loopback address, or on ADDRESS:PORT; 0 is any free port.", HelpName = "PORT|ADDRESS:PORT" };
    private readonly Option<double> health = new("--health-timeout") { Description = "Seconds without a frame after which /health answers 503.", HelpName = "S", DefaultValueFactory = _ => DefaultHealthSeconds };

    public TelemetryOptions(Command command)
    {
        every.RequireAtLeast(1);
        health.RequireAtLeast(0.1);
        foreach (Option option in (Option[])[events, rule, every, metrics, health])
            command.Add(option);
        command.Validators.Add(result =>
        {
            foreach (Option option in ((Option[])[rule, every]).Where(option => !HasEvents(result) && result.GetResult(option) is { Implicit: false }))
                result.AddError($"{option.Name} is about events; say where they go with --events.");
            if (result.GetValue(metrics) is null && result.GetResult(health) is { Implicit: false })
                result.AddError($"{health.Name} is about /health; serve it with --metrics.");
        });
    }

    /// <summary>Whether events go anywhere.</summary>
    public bool HasEvents(CommandResult result) => result.GetValue(events) is not null;

    /// <summary>Whether they go to standard output.</summary>
    public bool UsesStandardOutput(CommandResult result) => result.GetValue(events) == EventWriters.StandardOutput;

    /// <summary>Whether metrics are served.</summary>
    public bool HasMetrics(CommandResult result) => result.GetValue(metrics) is not null;

    public TelemetrySettings Read(ParseResult parsed) => new()
    {
        Events = parsed.GetValue(events),
        Rule = parsed.GetValue(rule),
        Every = parsed.GetValue(every),
        Endpoint = parsed.GetValue(metrics) is string text ? Parse(text) : null,
        HealthLimit = TimeSpan.FromSeconds(parsed.GetValue(health)),
    };

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
