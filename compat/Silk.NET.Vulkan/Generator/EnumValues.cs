using System.Globalization;
using System.Xml.Linq;

namespace Realtime.VulkanGenerator;

/// <summary>The numbers behind the names of an enumeration.</summary>
internal static class EnumValues
{
    private const long ExtensionBase = 1_000_000_000, ExtensionBlock = 1000;

    /// <summary>
    /// Adds a value; <paramref name="owner"/> is the number of the extension that names it, or 0. False for a second name whose first one is not there yet.
    /// </summary>
    public static bool Add(EnumDefinition definition, XElement xml, int owner)
    {
        string name = (string)xml.Attribute("name")!;
        if (xml.Attribute("alias") is not { } alias) { definition.Values.TryAdd(name, Value(xml, owner)); }
        else if (definition.Values.TryGetValue(alias.Value, out long same)) { definition.Values.TryAdd(name, same); }
        else { return false; }
        return true;
    }

    private static long Value(XElement xml, int owner)
    {
        if ((string?)xml.Attribute("value") is { } value)
        {
            return value.StartsWith("0x", StringComparison.Ordinal) ? long.Parse(value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : long.Parse(value, CultureInfo.InvariantCulture);
        }
        if ((int?)xml.Attribute("bitpos") is { } position) { return 1L << position; }
        int number = (int?)xml.Attribute("extnumber") ?? owner;
        long offset = ExtensionBase + (number - 1) * ExtensionBlock + (int)xml.Attribute("offset")!;
        return (string?)xml.Attribute("dir") == "-" ? -offset : offset;
    }
}
