using System.CommandLine;

namespace Realtime.Filter.Commands;

/// <summary>The options that say what a command tells on stderr, the same in every command.</summary>
internal sealed class ReportingOptions
{
    private readonly Option<bool> noProgress = new("--no-progress") { Description = "Show no progress." };
    private readonly Option<ProgressMode> progress = new("--progress") { Description = "auto: on a terminal only; json: one object a line on stderr; none.", DefaultValueFactory = _ => ProgressMode.Auto };
    private readonly Option<LogLevel> logLevel = Level();

    public ReportingOptions(Command command)
    {
        command.Add(noProgress);
        command.Add(progress);
        command.Add(logLevel);
    }

    /// <summary><c>--log-level</c>.</summary>
    public static Option<LogLevel> Level() => new("--log-level") { Description = "How much to tell on stderr.", DefaultValueFactory = _ => Commands.LogLevel.Info };

    public ProgressMode Progress(ParseResult parsed) => parsed.GetValue(noProgress) ? ProgressMode.None : parsed.GetValue(progress);

    public LogLevel LogLevel(ParseResult parsed) => parsed.GetValue(logLevel);
}
