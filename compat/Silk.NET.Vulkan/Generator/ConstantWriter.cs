namespace Realtime.VulkanGenerator;

/// <summary>Writes the constants of the API.</summary>
internal static class ConstantWriter
{
    public static IEnumerable<string> Write(IEnumerable<ConstantDefinition> constants) => constants.Select(c =>
    {
        string type = c.Type switch { "uint64_t" => "ulong", "float" => "float", _ => "uint" };
        string value = c.Value.Replace("ULL", "ul", StringComparison.Ordinal);
        return $"public const {type} {Naming.Pascal(c.Name["VK_".Length..])} = unchecked(({type}){value});";
    }).Append("");
}
