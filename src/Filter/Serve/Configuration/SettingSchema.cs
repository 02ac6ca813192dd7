using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Serve.Configuration;

/// <summary>
/// Which keys there are and what they take. It is read off the options of a command, so that a key is always called, checked and meant as the flag of the same name.
/// </summary>
internal sealed partial class SettingSchema
{
    private readonly Command command;
    private readonly Command alone;     // the same options, and nothing about what they need of each other
    private readonly Dictionary<string, Option> options;

    /// <summary>Takes the options of a command.</summary>
    /// <param name="command">Used for parsing settings alone.</param>
    public SettingSchema(Command command)
    {
        this.command = command;
        alone = new Command(command.Name);
        foreach (Option option in command.Options)
            alone.Add(option);
        options = command.Options.ToDictionary(KeyOf, StringComparer.Ordinal);
    }

    /// <summary>All keys, in the order of the options.</summary>
    public IReadOnlyList<string> Keys => [.. command.Options.Select(KeyOf)];

    /// <summary>The key of an option: its longest name, without dashes.</summary>
    public static string KeyOf(Option option) => option.Aliases.Append(option.Name).MaxBy(name => name.Length)!.TrimStart('-');

    /// <summary>The default of a key as it would be written; null where it has none.</summary>
    public string? DefaultOf(string key) => options[key] is { HasDefaultValue: true } option && option.ValueType != typeof(bool) && option.GetDefaultValue() is { } value && value is not Array
        ? value is Enum ? value.ToString()!.ToLowerInvariant() : Convert.ToString(value, CultureInfo.InvariantCulture)
        : null;

    /// <summary>Makes sure that each setting is one of these and has a value of the right type and range.</summary>
    /// <exception cref="UserErrorException">It is not (usage); the message has place, key and what is allowed.</exception>
    public void Check(IReadOnlyList<Setting> settings)
    {
        foreach (Setting setting in settings)
        {
            if (!options.TryGetValue(setting.Key, out Option? option))
                throw setting.Place.Error($"unknown key '{setting.Key}'; known are {string.Join(", ", Keys.Order(StringComparer.Ordinal))}.");
            if (!setting.IsNull && SettingTypes.Fault(option, setting) is string fault)
                throw setting.Place.Error($"{setting.Key} {fault}");
        }

        foreach (ParseError error in Parse(alone, settings).Errors)
        {
            if (OptionOf(error.SymbolResult) is Option broken)
                throw Error(error.Message, settings.FirstOrDefault(setting => options[setting.Key] == broken), settings);
        }
    }

    /// <summary>Checks and reads settings that belong together.</summary>
    /// <param name="settings">All of them.</param>
    /// <param name="place">Where what they belong to stands.</param>
    /// <param name="read">Makes something of them.</param>
    /// <exception cref="UserErrorException">Something is wrong with one of them, or they do not go together.</exception>
    public T Read<T>(IReadOnlyList<Setting> settings, Place place, Func<ParseResult, T> read)
    {
        Check(settings);
        ParseResult parsed = Parse(command, settings);
        if (parsed.Errors.Count > 0)
            throw Error(parsed.Errors[0].Message, Find(parsed.Errors[0].Message, settings), settings, place);
        try
        {
            return read(parsed);
        }
        catch (UserErrorException error)
        {
            throw Error(error.Message, Find(error.Message, settings), settings, place, error.ExitCode);
        }
    }

    private ParseResult Parse(Command by, IReadOnlyList<Setting> settings) => by.Parse(
        [.. settings.Where(setting => !setting.IsNull).SelectMany(setting => setting.Values.Select(value => $"{options[setting.Key].Name}={value}"))]);

    private static Option? OptionOf(SymbolResult? result) => (result as OptionResult ?? result?.Parent as OptionResult)?.Option;

    // The setting that a message speaks of: options say their names.
    private Setting? Find(string message, IReadOnlyList<Setting> settings)
    {
        string[] words = message.Split([' ', ':', ',', ';', '.'], StringSplitOptions.RemoveEmptyEntries);
        return words.Select(word => settings.FirstOrDefault(setting => options[setting.Key].Name == word || options[setting.Key].Aliases.Contains(word))).FirstOrDefault(setting => setting is not null);
    }

    private UserErrorException Error(string message, Setting? setting, IReadOnlyList<Setting> settings, Place place = default, ExitCode code = ExitCode.Usage)
    {
        foreach (Setting one in settings)
            message = one.Hide(message);
        if (setting is null)
            return place.Error(Dashes().Replace(message, ""), code);
        Option option = options[setting.Key];
        string? name = option.Aliases.Append(option.Name).FirstOrDefault(name => message.StartsWith($"{name} ", StringComparison.Ordinal));
        return setting.Place.Error(setting.Key + Dashes().Replace(name is null ? $": {message}" : message[name.Length..], ""), code);
    }

    // Flags have dashes, keys have not.
    [GeneratedRegex("(?<![A-Za-z0-9_-])--(?=[a-z])")]
    private static partial Regex Dashes();
}
