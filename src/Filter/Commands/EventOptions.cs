using System.CommandLine;
using System.CommandLine.Parsing;
using Realtime.Filter.Events;

namespace Realtime.Filter.Commands;

/// <summary>The options that say what is told of frames.</summary>
internal sealed class EventOptions
{
    private readonly Option<string?> events = new("--events") { Description = "Tell of frames as JSON, an object a line: append to FILE, - for stdout, or post each to an address. See docs/operations.md for the fields.", HelpName = "FILE|-|URL" };
    private readonly Option<EventRule> rule = new("--events-on") { Description = "frame: every frame. change: only where the most probable class, the alarm or a failure is another than on the frame before, or frames were dropped.", DefaultValueFactory = _ => EventRule.Frame };
    private readonly Option<long?> every = new("--events-every") { Description = "Every Nth frame. The alarm's going up or down, failures and drops are told all the same; with --events-on change, besides the changes.", HelpName = "N" };

    public EventOptions(Command command)
    {
        every.RequireAtLeast(1);
        foreach (Option option in (Option[])[events, rule, every])
            command.Add(option);
        command.Validators.Add(result =>
        {
            foreach (Option option in ((Option[])[rule, every]).Where(option => !AreGiven(result) && result.GetResult(option) is { Implicit: false }))
                result.AddError($"{option.Name} is about events; say where they go with --events.");
        });
    }

    /// <summary>Whether events go anywhere.</summary>
    public bool AreGiven(CommandResult result) => result.GetValue(events) is not null;

    /// <summary>Whether they go to standard output.</summary>
    public bool UseStandardOutput(CommandResult result) => result.GetValue(events) == EventWriters.StandardOutput;

    public TelemetrySettings Read(ParseResult parsed) => new()
    {
        Events = parsed.GetValue(events),
        Rule = parsed.GetValue(rule),
        Every = parsed.GetValue(every),
    };
}
