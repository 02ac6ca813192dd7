using System.Globalization;

namespace Realtime.VulkanGenerator;

/// <summary>Writes enumerations.</summary>
internal static class EnumWriter
{
    public static IEnumerable<string> Write(Registry registry, IEnumerable<EnumDefinition> enums) => enums.SelectMany(Write);

    private static IEnumerable<string> Write(EnumDefinition definition)
    {
        Dictionary<string, string> names = Naming.Values(definition);
        var lines = new List<string>();
        if (definition.IsFlags && !names.ContainsValue("None")) { lines.Add("None = 0,"); }
        lines.AddRange(names.DistinctBy(n => n.Value).Select(n => $"{n.Value} = {Number(definition.Values[n.Key], definition.IsWide)},"));
        if (definition.IsFlags) { yield return "[Flags]"; }
        foreach (string line in Generation.Block($"public enum {Naming.Type(definition.Name)} : {(definition.IsWide ? "long" : "int")}", lines)) { yield return line; }
        yield return "";
    }

    private static string Number(long value, bool wide) => (wide ? value : unchecked((int)value)).ToString(CultureInfo.InvariantCulture);
}
