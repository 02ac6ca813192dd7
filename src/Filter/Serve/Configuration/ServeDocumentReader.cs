using System.Text.RegularExpressions;
using Realtime.Filter.Errors;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Realtime.Filter.Serve.Configuration;

/// <summary>
/// Reads the YAML of a configuration event by event: it has three levels and no more, so that nothing in a file, however deep it nests or often it refers to itself, costs
/// more than its own length.
/// </summary>
internal sealed partial class ServeDocumentReader
{
    private readonly Parser parser;
    private readonly string source;

    private ServeDocumentReader(string text, string source)
    {
        parser = new Parser(new StringReader(text));
        this.source = source;
    }

    private Place Here => parser.Current is { } node ? new(source, node.Start.Line, node.Start.Column) : new(source, 1, 1);

    /// <summary>Reads.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <exception cref="UserErrorException">It is no YAML, or not of this form (usage); the message has the place.</exception>
    public static ServeDocument Read(string text, string source)
    {
        try
        {
            return new ServeDocumentReader(text, source).Read();
        }
        catch (YamlException error)
        {
            throw new Place(source, error.Start.Line, error.Start.Column).Error($"this is no YAML: {error.Message}", inner: error);
        }
    }

    private ServeDocument Read()
    {
        List<Setting> shared = [];
        IReadOnlyList<Setting> defaults = [];
        List<StreamSection> streams = [];
        Next();     // the begin of the file
        if (Next() is not DocumentStart)
            throw Here.Error($"the file is empty; it needs '{ServeDocument.StreamsKey}:' at least.");
        Next();
        ReadMapping("the configuration", (key, place) =>
        {
            if (key == ServeDocument.DefaultsKey)
                defaults = ReadSettings($"'{key}'");
            else if (key == ServeDocument.StreamsKey)
                ReadMapping($"'{key}'", (name, at) => streams.Add(ReadStream(name, at)));
            else
                shared.Add(ReadSetting(key, place));
        });
        Next();     // the end of the document
        if (Next() is not StreamEnd)
            throw Here.Error("a configuration is one document; leave '---' and what follows out.");
        return new ServeDocument(shared, defaults, streams);
    }

    private StreamSection ReadStream(string name, Place place) => Name().IsMatch(name)
        ? new StreamSection(name, place, ReadSettings($"stream '{name}'"))
        : throw place.Error($"'{name}' is no name for a stream: letters, digits, '-', '_' and '.', the first one no dot, 64 at most.");

    private List<Setting> ReadSettings(string what)
    {
        List<Setting> settings = [];
        if (!IsNull(parser.Current!))
            ReadMapping(what, (key, place) => settings.Add(ReadSetting(key, place)));
        return settings;
    }

    // Begins and ends at the node itself; read is called with the parser at the value.
    private void ReadMapping(string what, Action<string, Place> read)
    {
        if (parser.Current is not MappingStart)
            throw Here.Error($"{what} takes keys and values, one 'key: value' a line; found {Describe()}.");
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (Next() is not MappingEnd)
        {
            if (parser.Current is not Scalar key)
                throw Here.Error($"{what} takes plain words as keys; found {Describe()}.");
            Place place = Here;
            if (!seen.Add(key.Value))
                throw place.Error($"'{key.Value}' stands twice in {what}.");
            Next();
            read(key.Value, place);
        }
    }

    private Setting ReadSetting(string key, Place place)
    {
        if (parser.Current is Scalar value)
            return new Setting(key, place, IsNull(value) ? [] : [value.Value]);
        if (parser.Current is not SequenceStart)
            throw Here.Error($"{key}: takes a value, or a list of values; found {Describe()}.");
        List<string> values = [];
        while (Next() is not SequenceEnd)
            values.Add(parser.Current is Scalar one ? one.Value : throw Here.Error($"{key}: a list holds values; found {Describe()}."));
        return new Setting(key, place, values, IsList: true);
    }

    private ParsingEvent Next()
    {
        try
        {
            return parser.MoveNext() ? parser.Current! : throw Here.Error("the file ends too early.");
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            throw Here.Error($"this is no YAML behind here: {error.Message}", inner: error);      // what YamlDotNet throws for some damaged texts
        }
    }

    private string Describe() => parser.Current switch
    {
        MappingStart => "keys and values",
        SequenceStart => "a list",
        AnchorAlias => "an alias (*name); what streams have in common stands in 'defaults'",
        Scalar scalar when IsNull(scalar) => "nothing",
        _ => "a single value",
    };

    private static bool IsNull(ParsingEvent node) => node is Scalar { Style: ScalarStyle.Plain, Value: "" or "~" or "null" };

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}\z")]
    private static partial Regex Name();
}
