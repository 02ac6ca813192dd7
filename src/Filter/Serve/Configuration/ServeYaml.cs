using Realtime.Filter.Live;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Realtime.Filter.Serve.Configuration;

/// <summary>
/// Writes a configuration as YAML that can be read again: with the defaults put into every stream, the environment and the flags put in, and without secrets. What
/// came from <c>${NAME}</c> is written so again; of addresses the parts that may be secret are blotted out.
/// </summary>
internal static class ServeYaml
{
    private const string EventsKey = "events";

    /// <summary>Writes.</summary>
    public static string Write(ServeConfiguration configuration)
    {
        using StringWriter text = new() { NewLine = "\n" };
        Emitter emitter = new(text);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, [], isImplicit: true));
        emitter.Emit(new MappingStart());
        foreach (string key in ServeConfigurationReader.SharedSchema.Keys)
        {
            if (configuration.SharedKeys.FirstOrDefault(setting => setting.Key == key) is { } setting)
                Emit(emitter, setting);
            else if (ServeConfigurationReader.SharedSchema.DefaultOf(key) is string value && IsOnItsOwn(key, configuration))
                Emit(emitter, new Setting(key, default, [value]));
        }

        emitter.Emit(new Scalar(ServeDocument.StreamsKey));
        emitter.Emit(new MappingStart());
        foreach (ServedStream stream in configuration.Streams)
        {
            emitter.Emit(new Scalar(stream.Name));
            emitter.Emit(new MappingStart());
            foreach (Setting setting in stream.Settings)
                Emit(emitter, setting);
            emitter.Emit(new MappingEnd());
        }

        emitter.Emit(new MappingEnd());
        emitter.Emit(new MappingEnd());
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    // A timeout of /health is refused where nothing is served.
    private static bool IsOnItsOwn(string key, ServeConfiguration configuration) => key != "health-timeout" || configuration.Shared.Endpoint is not null;

    private static void Emit(Emitter emitter, Setting setting)
    {
        emitter.Emit(new Scalar(setting.Key));
        if (setting.IsList)
            emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Flow));
        foreach (string value in setting.Written)
            emitter.Emit(Value(Hidden(setting.Key, value)));
        if (setting.IsList)
            emitter.Emit(new SequenceEnd());
    }

    // Without quotes these would mean that there is no value.
    private static Scalar Value(string text) => text is "null" or "~"
        ? new Scalar(AnchorName.Empty, TagName.Empty, text, ScalarStyle.DoubleQuoted, isPlainImplicit: false, isQuotedImplicit: true)
        : new Scalar(text);

    private static string Hidden(string key, string written)
    {
        if (!LiveAddress.Matches(written))
            return written;
        string name = LiveAddress.Parse(written).Name;
        int path = name.IndexOfAny(['/', '?', '#'], name.IndexOf("://", StringComparison.Ordinal) + 3);
        return key == EventsKey && path >= 0 ? name[..path] + "/***" : name;     // hooks carry their secrets in the path too
    }
}
