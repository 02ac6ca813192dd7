using System.CommandLine;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;
using Realtime.Filter.Video;

namespace Realtime.Filter.Serve.Configuration;

/// <summary>Reads and checks configurations.</summary>
/// <param name="variables">The value of an environment variable that a file refers to, or null.</param>
/// <param name="environment">Settings of the environment, above those of the file.</param>
/// <param name="flags">Settings of the command line, above those.</param>
internal sealed class ServeConfigurationReader(Func<string, string?> variables, IReadOnlyList<Setting> environment, IReadOnlyList<Setting> flags)
{
    private const long LongestFile = 1 << 20;

    private static readonly Command Shared = new("shared"), Stream = new("stream");
    private static readonly SharedOptions SharedOptions = new(Shared);
    private static readonly ServedStreamOptions StreamOptions = new(Stream);

    /// <summary>The keys of the top level.</summary>
    public static SettingSchema SharedSchema { get; } = new(Shared);

    /// <summary>The keys of a stream and of the defaults.</summary>
    public static SettingSchema StreamSchema { get; } = new(Stream);

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or something in it is wrong.</exception>
    public ServeConfiguration ReadFile(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.CanSeek && file.Length > LongestFile)
                throw new UserErrorException(ExitCode.Usage, $"'{path}' is no configuration: it is larger than {LongestFile} bytes.");
            using StreamReader reader = new(file);
            return Read(reader.ReadToEnd(), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Usage, $"the configuration '{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <exception cref="UserErrorException">Something in it is wrong; the message has place, key and what is allowed.</exception>
    public ServeConfiguration Read(string text, string source)
    {
        ServeDocument document = ServeDocumentReader.Read(text, source);
        Place start = new(source, 1, 1);
        Setting[] written = [.. document.Shared.Select(setting => setting.With(variables))];
        foreach (IReadOnlyList<Setting> part in (IReadOnlyList<Setting>[])[written, environment, flags])
            SharedSchema.Check(part);
        IReadOnlyList<Setting> keys = ServeOverrides.Merge(written, environment, flags);
        SharedSettings shared = SharedSchema.Read(keys, start, SharedOptions.Read);
        RequireModel(shared.Model, keys.FirstOrDefault(setting => setting.Key == "model")?.Place ?? start);
        StreamSchema.Check([.. document.Defaults.Select(setting => setting.With(Of("stream")))]);
        if (document.Streams.Count == 0)
            throw start.Error($"there is no stream; '{ServeDocument.StreamsKey}:' needs one at least.");
        ServedStream[] streams = [.. document.Streams.Select(section => ReadStream(section, document.Defaults, shared))];
        RequireOwn(streams, "output", stream => stream.Run.Output is null or FrameSinks.Nowhere ? null : Full(stream.Run.Output));
        RequireOwn(streams, "events", stream => stream.Run.Telemetry.Events is null or "-" || stream.Run.Telemetry.Events.Contains("://", StringComparison.Ordinal) ? null : Full(stream.Run.Telemetry.Events));
        return new ServeConfiguration(shared, keys, streams);
    }

    private ServedStream ReadStream(StreamSection section, IReadOnlyList<Setting> defaults, SharedSettings shared)
    {
        Setting[] own = [.. section.Settings.Select(setting => setting.With(Of(section.Name)))];
        StreamSchema.Check(own);
        IReadOnlyList<Setting> settings = ServeOverrides.Merge(defaults.Select(setting => setting.With(Of(section.Name))), own);
        return StreamSchema.Read(settings, section.Place, parsed => new ServedStream(section.Name, section.Place, StreamOptions.Read(parsed, shared), StreamOptions.Limit(parsed), settings));
    }

    private static void RequireModel(string model, Place place)
    {
        try
        {
            ModelCatalog.Resolve(model);
        }
        catch (UserErrorException error)
        {
            throw place.Error(error.Message, error.ExitCode, error);
        }
    }

    private Func<string, string?> Of(string stream) => name => name == Variables.Stream ? stream : variables(name);

    // Two streams that write to one file would write over each other.
    private static void RequireOwn(ServedStream[] streams, string key, Func<ServedStream, string?> target)
    {
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        foreach (ServedStream stream in streams)
        {
            if (target(stream) is string path && !owners.TryAdd(path, stream.Name))
                throw stream.Settings.First(setting => setting.Key == key).Place.Error($"{key}: streams '{owners[path]}' and '{stream.Name}' would write to the same place; ${{{Variables.Stream}}} in a name stands for the stream's own.");
        }
    }

    private static string Full(string path) => path.Contains("://", StringComparison.Ordinal) ? path : Path.GetFullPath(path);
}
