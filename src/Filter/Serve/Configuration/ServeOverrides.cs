using System.Collections;
using System.CommandLine;

namespace Realtime.Filter.Serve.Configuration;

/// <summary>What stands above the file: flags, and below them variables of the environment.</summary>
internal static class ServeOverrides
{
    /// <summary>A key such as log-level is REALTIME_SERVE_LOG_LEVEL.</summary>
    public const string Prefix = "REALTIME_SERVE_";

    /// <summary>Those of the environment; an empty variable counts as none.</summary>
    public static IReadOnlyList<Setting> OfEnvironment(IDictionary variables) =>
    [
        .. from entry in variables.Cast<DictionaryEntry>()
           let name = (string)entry.Key
           let value = (string?)entry.Value ?? ""
           where name.StartsWith(Prefix, StringComparison.Ordinal) && value.Length > 0
           orderby name
           select new Setting(name[Prefix.Length..].ToLowerInvariant().Replace('_', '-'), new Place(name), [value]),
    ];

    /// <summary>Those of the command line.</summary>
    /// <param name="parsed">A command line of serve.</param>
    /// <param name="keys">The keys that are settings; other flags are about the command itself.</param>
    public static IReadOnlyList<Setting> OfFlags(ParseResult parsed, IReadOnlyList<string> keys) =>
    [
        .. from option in parsed.CommandResult.Command.Options
           let key = SettingSchema.KeyOf(option)
           where keys.Contains(key) && parsed.GetResult(option) is { Implicit: false }
           select new Setting(key, new Place("command line"), [.. parsed.GetResult(option)!.Tokens.Select(token => token.Value)]),
    ];

    /// <summary>Puts stronger settings over weaker ones; what is then only taken away is left out.</summary>
    public static IReadOnlyList<Setting> Merge(params IEnumerable<Setting>[] fromWeakest)
    {
        OrderedDictionary<string, Setting> merged = new(StringComparer.Ordinal);
        foreach (Setting setting in fromWeakest.SelectMany(settings => settings))
            merged[setting.Key] = setting;
        return [.. merged.Values.Where(setting => !setting.IsNull)];
    }
}
