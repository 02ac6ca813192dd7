using Realtime.Filter.Errors;
using Realtime.Filter.Telemetry;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>
/// What surrounds the graph where its input or its output is live: a source that comes back, frames dropped by policy, an output that holds nothing up, and
/// the counts of it all.
/// </summary>
public sealed class LiveRun : IDisposable
{
    private readonly LiveOptions options;
    private readonly IFrameSource input;
    private readonly bool isInputLive;
    private readonly string outputName;
    private readonly LiveOutput? liveOutput;
    private readonly Action<string> log;
    private readonly CancellationToken ending;
    private IFrameSource? source;
    private IFrameSink? output;

    /// <summary>Opens the input, when the names of both ends were looked at.</summary>
    /// <param name="name">What stands after -i.</param>
    /// <param name="outputName">What stands after -o.</param>
    /// <param name="decode">How to decode an input that is not live.</param>
    /// <param name="options">How to handle what is.</param>
    /// <param name="drops">Where <see cref="Counts"/> counts dropped frames.</param>
    /// <param name="log">Takes a line for each change of state.</param>
    /// <param name="ending">Ends the stream: what was captured is still written.</param>
    /// <exception cref="UserErrorException">The input cannot be read, or the policy is none for it (usage).</exception>
    public LiveRun(string name, string outputName, SourceOptions decode, LiveOptions options, FrameDrops drops, Action<string> log, CancellationToken ending)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(options);
        Counts = new LiveCounts(drops);
        this.log = log;
        this.ending = ending;
        isInputLive = LiveInput.Matches(name);
        this.outputName = outputName;
        liveOutput = LiveOutput.Matches(outputName, options) ? LiveOutput.Parse(outputName, options) : null;
        bool takesSound = liveOutput is null ? FrameSinks.TakesSound(outputName) : liveOutput.Kind != LiveOutputKind.Device;
        this.options = options with { Policy = PolicyFor(name, options), WithSound = options.WithSound && takesSound };
        input = isInputLive
            ? new ReconnectingSource(LiveInput.Parse(name), this.options, Counts, log, cancellation: ending)
            : FrameSources.Open(name, decode);
    }

    /// <summary>What became of the frames.</summary>
    public LiveCounts Counts { get; }

    /// <summary>Size and rate of the pictures.</summary>
    public Frames.FrameFormat Format => input.Format;

    /// <summary>Whether a run with this input and output is live. Standard input is, where a policy drops frames of it.</summary>
    public static bool IsLive(string input, string? output, LiveOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return LiveInput.Matches(input) || (output is not null && LiveOutput.Matches(output, options)) || options.Policy is not null;
    }

    /// <summary>What is dropped of this input.</summary>
    /// <exception cref="UserErrorException">The policy is none for it (usage).</exception>
    public static LatencyPolicy PolicyFor(string input, LiveOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool isLive = LiveInput.Matches(input);
        LatencyPolicy policy = options.Policy ?? (isLive ? LatencyPolicy.Balanced : LatencyPolicy.Smooth);
        return policy == LatencyPolicy.Smooth || isLive || input == "-"
            ? policy
            : throw new UserErrorException(ExitCode.Usage, $"--latency-policy {policy.ToString().ToLowerInvariant()} drops frames of a live input; '{input}' is none, and is read as fast as it is purified. Leave it out.");
    }

    /// <summary>The source for a graph that holds at most <paramref name="mostFrames"/> frames.</summary>
    public IFrameSource Capture(int mostFrames) => source ??= options.Policy == LatencyPolicy.Smooth
        ? new CountedSource(input, Counts, ending)
        : new CapturedSource(input, options.Policy!.Value, options.LatencyTarget, mostFrames, Counts, ending);

    /// <summary>Opens the output; <see cref="Capture"/> comes first.</summary>
    /// <param name="encode">How to encode.</param>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public IFrameSink Open(SinkOptions encode)
    {
        ArgumentNullException.ThrowIfNull(encode);
        encode = encode with { Sound = (input as ReconnectingSource)?.Sound };
        output = liveOutput is null
            ? FrameSinks.Create(outputName, input, encode with { IsFinishedOnSignal = true })
            : new LiveSink(liveOutput, Format, encode, options, Counts, log, paced: !isInputLive && liveOutput.Kind != LiveOutputKind.Segments);
        return new CountedSink(output, liveOutput is null ? Counts : null, source as CapturedSource);
    }

    /// <summary>Ends everything that is still running.</summary>
    public void Dispose()
    {
        source?.Dispose();
        output?.Dispose();
        input.Dispose();
    }
}
