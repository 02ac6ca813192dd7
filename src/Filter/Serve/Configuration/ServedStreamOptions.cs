using System.CommandLine;
using Realtime.Filter.Commands;
using Realtime.Filter.Live;
using Realtime.Filter.Solids;
using Realtime.Filter.Video;

namespace Realtime.Filter.Serve.Configuration;

/// <summary>The options of a stream of <c>serve</c>: those of <c>purify</c> that are not shared, and its limit.</summary>
internal sealed class ServedStreamOptions
{
    private const string Standard = "-";

    private readonly StreamOptions stream;
    private readonly ClassifierOptions classifier;
    private readonly EventOptions events;
    private readonly EncodingOptions encoding;
    private readonly StreamingOptions streaming;
    private readonly Option<double?> limit = new("--tiles-per-second") { Description = "The most tiles a second of the shared purifier that the stream may have; tiles that are reused cost none. Default: its fair share.", HelpName = "N" };

    public ServedStreamOptions(Command command)
    {
        stream = new StreamOptions(command);
        classifier = new ClassifierOptions(command);
        events = new EventOptions(command);
        encoding = new EncodingOptions(command);
        streaming = new StreamingOptions(command);
        limit.RequireAtLeast(1);
        command.Add(limit);
        command.Validators.Add(result =>
        {
            if (stream.Input(result) is null)
                result.AddError("the stream needs an input.");
            if (stream.Input(result) == Standard)
                result.AddError("--input is '-', but serve has no standard input to give to a stream; name a file, a camera or an address.");
            if (stream.Output(result) == Standard)
                result.AddError("--output is '-', but standard output cannot be a stream's alone; name a file or an address.");
            if (stream.Output(result) is null && !events.AreGiven(result))
                result.AddError("the stream needs an output (none, for no pictures) or events.");
        });
    }

    /// <summary>The settings of a stream.</summary>
    /// <exception cref="Errors.UserErrorException">A value is wrong in itself, or for another one.</exception>
    public PurifySettings Read(ParseResult parsed, SharedSettings shared)
    {
        PurifySettings settings = new()
        {
            Input = stream.Input(parsed.CommandResult)!,
            Output = stream.Output(parsed.CommandResult) ?? FrameSinks.Nowhere,
            Classifier = classifier.Read(parsed),
            Telemetry = events.Read(parsed) with { HealthLimit = shared.HealthLimit },
            Model = shared.Model,
            Overlap = shared.Overlap,
            Device = shared.Device,
            Precision = shared.Precision,
            Threads = shared.Threads,
            TileTolerance = stream.TileTolerance(parsed),
            Frames = stream.Frames(parsed),
            Overwrite = stream.Overwrite(parsed),
            Benchmark = false,
            Progress = ProgressMode.None,
            LogLevel = shared.LogLevel,
            Source = encoding.Source(parsed),
            Sink = encoding.Sink(parsed),
            Live = streaming.Live(parsed),
        };
        LiveRun.PolicyFor(settings.Input, settings.Live);
        if (SolidsOptions.Matches(settings.Input))
            SolidsOptions.Parse(settings.Input);
        if (LiveAddress.Matches(settings.Input))
            LiveInput.Parse(settings.Input);
        if (LiveAddress.Matches(settings.Output))
            LiveOutput.Parse(settings.Output, settings.Live);
        return settings;
    }

    /// <summary>Tiles a second; null for no limit.</summary>
    public double? Limit(ParseResult parsed) => parsed.GetValue(limit);
}
