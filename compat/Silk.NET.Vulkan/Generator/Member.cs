using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Realtime.VulkanGenerator;

/// <summary>A field of a structure or a parameter of a command.</summary>
/// <param name="Type">The registry's name of the type.</param>
/// <param name="Name">The name.</param>
/// <param name="Pointers">How many stars follow the type.</param>
/// <param name="IsConst">Whether what it points to is read only.</param>
/// <param name="Sizes">The sizes of an array, in registry names or numbers.</param>
/// <param name="Optional">The attribute of that name.</param>
/// <param name="Values">The only value that a field may have.</param>
public sealed partial record Member(string Type, string Name, int Pointers, bool IsConst, string[] Sizes, string? Optional, string? Values)
{
    public static Member Parse(XElement xml)
    {
        string name = xml.Element("name")!.Value;
        string text = string.Concat(xml.Nodes().Where(n => n is XText or XElement { Name.LocalName: not "comment" }).Select(n => n is XElement e ? e.Value : n.ToString()));
        if (BitField().IsMatch(text)) { throw new NotSupportedException($"bit field: {text}"); }
        string[] sizes = [.. Size().Matches(text).Select(m => m.Groups[1].Value)];
        return new Member(xml.Element("type")!.Value, name, text.Count(c => c == '*'), text.TrimStart().StartsWith("const", StringComparison.Ordinal),
            sizes, (string?)xml.Attribute("optional"), (string?)xml.Attribute("values"));
    }

    [GeneratedRegex(@"\[(\w+)\]")]
    private static partial Regex Size();

    [GeneratedRegex(@":\s*\d+\s*$")]
    private static partial Regex BitField();
}
