using System.CommandLine;
using System.Globalization;

namespace Realtime.Filter.Serve.Configuration;

/// <summary>What values an option takes, by its type; ranges are the option's own affair.</summary>
internal static class SettingTypes
{
    /// <summary>What is wrong with a value.</summary>
    /// <param name="option">The option that it is for.</param>
    /// <param name="setting">Key and value, which may be a secret and is not told.</param>
    /// <returns>What is wrong and what is allowed, or null.</returns>
    public static string? Fault(Option option, Setting setting)
    {
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        if (setting.IsList != type.IsArray)
            return type.IsArray ? "takes a list, as [first, second]." : "takes one value, found a list.";
        if (setting.Values.Any(value => value.Length == 0))
            return "must not be empty.";
        if (setting.Values.Any(value => value.Any(char.IsControl)))
            return "holds a control character or a line break.";
        return type.IsArray || Takes(type, setting.Values[0]) ? null : $"takes {Allowed(type)}, found '{setting.Written[0]}'.";
    }

    /// <summary>What values of a type are, in words.</summary>
    private static string Allowed(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) ? "a number"
        : $"one of {string.Join(", ", Enum.GetNames(type).Select(name => name.ToLowerInvariant()))}";

    private static bool Takes(Type type, string value) =>
        type == typeof(string)
        || (type == typeof(bool) ? value is "true" or "false"
        : type == typeof(int) ? int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        : type == typeof(long) ? long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        : type == typeof(double) ? double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        : Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase));
}
