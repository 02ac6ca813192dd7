using System.CommandLine;
using Realtime.Filter.Commands;

namespace Realtime.Filter.Serve.Configuration;

/// <summary>The options of what all streams share: keys on the top level of a configuration, and flags of <c>serve</c>.</summary>
internal sealed class SharedOptions
{
    /// <summary>Fills a few cores or a small GPU, and a frame of another stream waits no longer than for these.</summary>
    public const int DefaultBatch = 128;

    private const int MostBatch = 4096;

    private readonly PurifierOptions purifier;
    private readonly StatusOptions status;
    private readonly Option<int> batch = new("--batch") { Description = "The most tiles, of all streams together, that are purified at once.", HelpName = "N", DefaultValueFactory = _ => DefaultBatch };
    private readonly Option<LogLevel> logLevel = ReportingOptions.Level();

    public SharedOptions(Command command)
    {
        batch.RequireWithin(1, MostBatch);
        purifier = new PurifierOptions(command);
        command.Add(batch);
        status = new StatusOptions(command);
        command.Add(logLevel);
    }

    public SharedSettings Read(ParseResult parsed) => new(
        purifier.Model(parsed),
        purifier.Overlap(parsed),
        purifier.Device(parsed),
        purifier.Precision(parsed),
        purifier.Threads(parsed),
        parsed.GetValue(batch),
        status.Endpoint(parsed),
        status.HealthLimit(parsed),
        parsed.GetValue(logLevel));
}
