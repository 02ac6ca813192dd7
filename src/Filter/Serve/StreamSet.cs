using Realtime.Filter.Errors;
using Realtime.Filter.Serve.Configuration;

namespace Realtime.Filter.Serve;

/// <summary>The streams that are there now. Changed from one thread, looked at from any.</summary>
/// <param name="shared">Borrowed.</param>
/// <param name="scope">What the meters of the process have in common.</param>
/// <param name="changed">Called when a stream has ended or failed for good.</param>
/// <param name="clock">The clock of waits and limits.</param>
/// <param name="cancellation">A signal that ends all streams: at once, since it may have reached their ffmpeg children too.</param>
internal sealed class StreamSet(SharedPurifier shared, object scope, Action changed, TimeProvider clock, CancellationToken cancellation = default) : IDisposable
{
    private readonly object gate = new();
    private readonly SortedDictionary<string, StreamKeeper> keepers = new(StringComparer.Ordinal);

    /// <summary>The streams of this moment, by name.</summary>
    public IReadOnlyList<StreamKeeper> Streams
    {
        get
        {
            lock (gate)
                return [.. keepers.Values];
        }
    }

    /// <summary>Whether none of them runs or will run again by itself.</summary>
    public bool IsDone => Streams.All(keeper => keeper.State is StreamState.Ended or StreamState.Failed);

    /// <summary>The worst that became of them.</summary>
    public ExitCode Code => Streams.All(keeper => keeper.Code == ExitCode.Ok) ? ExitCode.Ok : ExitCode.Failed;

    /// <summary>
    /// Makes the streams those of a configuration. New ones start; those that are gone, or set otherwise, end properly, the latter to start anew; one that had failed for good
    /// gets another chance; all others are left alone.
    /// </summary>
    /// <returns>What was done, for the log.</returns>
    public string Apply(IReadOnlyList<ServedStream> wanted)
    {
        StreamKeeper[] gone = [.. Streams.Where(keeper => !wanted.Any(stream => stream.Name == keeper.Stream.Name))];
        StreamKeeper[] changed = [.. Streams.Where(keeper => wanted.Any(stream => stream.Name == keeper.Stream.Name && (!stream.IsSame(keeper.Stream) || keeper.State == StreamState.Failed)))];
        ServedStream[] fresh = [.. wanted.Where(stream => !Streams.Any(keeper => keeper.Stream.Name == stream.Name))];
        foreach (StreamKeeper keeper in (StreamKeeper[])[.. gone, .. changed])
            keeper.End();
        foreach (ServedStream stream in fresh)
            Start(stream);
        foreach (StreamKeeper keeper in changed)
        {
            keeper.Dispose();       // its output must be free before another writes there
            Start(wanted.Single(stream => stream.Name == keeper.Stream.Name));
        }

        foreach (StreamKeeper keeper in gone)
        {
            keeper.Dispose();
            lock (gate)
                keepers.Remove(keeper.Stream.Name);
        }

        IEnumerable<string> told = [.. Told("started", fresh.Select(stream => stream.Name)), .. Told("started anew", changed.Select(keeper => keeper.Stream.Name)), .. Told("ended", gone.Select(keeper => keeper.Stream.Name))];
        return string.Join("; ", told.DefaultIfEmpty("nothing is another"));
    }

    /// <summary>Ends all streams properly, at the same time, and waits.</summary>
    public void End()
    {
        foreach (StreamKeeper keeper in Streams)
            keeper.End();
        foreach (StreamKeeper keeper in Streams)
            keeper.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => End();

    private static IEnumerable<string> Told(string what, IEnumerable<string> names) => names.Any() ? [$"{what}: {string.Join(", ", names.Order(StringComparer.Ordinal))}"] : [];

    private void Start(ServedStream stream)
    {
        StreamKeeper keeper = new(stream, shared, scope, changed, clock, cancellation);
        lock (gate)
            keepers[stream.Name] = keeper;
    }
}
