using System.Xml.Linq;

namespace Realtime.VulkanGenerator;

/// <summary>The Vulkan registry (vk.xml), as far as C# needs it.</summary>
public sealed class Registry
{
    private readonly XElement root;
    private readonly List<(EnumDefinition Definition, XElement Value)> early = [];

    private Registry(XElement root)
    {
        this.root = root;
        Version = root.Elements("types").Elements("type").Where(t => (string?)t.Element("name") == "VK_HEADER_VERSION_COMPLETE" && IsVulkan(t))
            .Select(t => t.Value[t.Value.IndexOf('(', StringComparison.Ordinal)..].Trim('(', ')').Split(',')).Select(p => $"{p[1].Trim()}.{p[2].Trim()}").First()
            + "." + root.Elements("types").Elements("type").Where(t => (string?)t.Element("name") == "VK_HEADER_VERSION" && IsVulkan(t))
            .Select(t => t.Nodes().OfType<XText>().Last().Value.Trim()).First();
        foreach (XElement type in root.Elements("types").Elements("type").Where(IsVulkan)) { AddType(type); }
        foreach (XElement enums in root.Elements("enums").Where(e => (string?)e.Attribute("type") is "enum" or "bitmask")) { AddEnum(enums); }
        AddEnumExtensions();
        AddConstants();
        AddCommands();
    }

    public string Version { get; }

    public Dictionary<string, StructDefinition> Structs { get; } = [];

    public Dictionary<string, HandleDefinition> Handles { get; } = [];

    public Dictionary<string, EnumDefinition> Enums { get; } = [];

    public Dictionary<string, string> Aliases { get; } = [];

    /// <summary>From the name of a set of flags to the enumeration of its bits, where it has one, and to the plain type.</summary>
    public Dictionary<string, (string? Bits, string Plain)> Flags { get; } = [];

    public Dictionary<string, CommandDefinition> Commands { get; } = [];

    public Dictionary<string, ExtensionDefinition> Extensions { get; } = [];

    public List<ConstantDefinition> Constants { get; } = [];

    /// <param name="path">vk.xml.</param>
    /// <param name="supplement">More in the same format, or null. What vk.xml has itself comes behind it and counts.</param>
    public static Registry Load(string path, string? supplement = null)
    {
        XElement root = XDocument.Load(path).Root!;
        if (supplement is not null) { root.AddFirst(XDocument.Load(supplement).Root!.Elements()); }
        return new Registry(root);
    }

    public int Size(string text) => int.TryParse(text, out int number) ? number : int.Parse(Constants.First(c => c.Name == text).Value, null);

    private static bool IsVulkan(XElement xml) => (string?)xml.Attribute("api") is null or "vulkan" || ((string)xml.Attribute("api")!).Split(',').Contains("vulkan");

    private void AddType(XElement type)
    {
        string? name = (string?)type.Attribute("name") ?? type.Element("name")?.Value, alias = (string?)type.Attribute("alias");
        if (name is null) { return; }
        if (alias is not null) { Aliases[name] = alias; return; }
        switch ((string?)type.Attribute("category"))
        {
            case "struct" or "union":
                var members = new Lazy<Member[]>(() => [.. type.Elements("member").Where(IsVulkan).Select(Member.Parse)]);
                Structs[name] = new StructDefinition(name, (string?)type.Attribute("category") == "union", members);
                break;
            case "handle":
                Handles[name] = new HandleDefinition(name, type.Element("type")!.Value == "VK_DEFINE_HANDLE");
                break;
            case "bitmask":
                string bits = (string?)type.Attribute("bitvalues") ?? (string?)type.Attribute("requires") ?? name.Replace("Flags", "FlagBits", StringComparison.Ordinal);
                bool known = root.Elements("enums").Any(e => (string?)e.Attribute("name") == bits);
                Flags[name] = (known ? bits : null, type.Element("type")!.Value == "VkFlags64" ? "ulong" : "uint");
                break;
        }
    }

    private void AddEnum(XElement enums)
    {
        string name = (string)enums.Attribute("name")!;
        var definition = new EnumDefinition(name, (string?)enums.Attribute("type") == "bitmask", (string?)enums.Attribute("bitwidth") == "64", []);
        Enums[name] = definition;
        foreach (XElement value in enums.Elements("enum").Where(IsVulkan)) { AddValue(definition, value, 0); }
    }

    private void AddEnumExtensions()
    {
        foreach (XElement feature in root.Elements("feature").Where(IsVulkan)) { AddValues(feature, 0); }
        foreach (XElement extension in root.Elements("extensions").Elements("extension").Where(e => ((string?)e.Attribute("supported") ?? "").Split(',').Contains("vulkan")))
        {
            AddValues(extension, (int)extension.Attribute("number")!);
            string name = (string)extension.Attribute("name")!;
            string[] commands = [.. extension.Elements("require").Where(IsVulkan).Elements("command").Select(c => (string)c.Attribute("name")!).Distinct()];
            Extensions[name] = new ExtensionDefinition(name, commands);
        }
        foreach ((EnumDefinition definition, XElement value) in early) { EnumValues.Add(definition, value, 0); }
    }

    private void AddValue(EnumDefinition definition, XElement value, int owner)
    {
        if (!EnumValues.Add(definition, value, owner)) { early.Add((definition, value)); }
    }

    private void AddValues(XElement owner, int number)
    {
        foreach (XElement value in owner.Elements("require").Where(IsVulkan).Elements("enum").Where(e => e.Attribute("extends") is not null && IsVulkan(e)))
        {
            if (Enums.TryGetValue((string)value.Attribute("extends")!, out EnumDefinition? definition)) { AddValue(definition, value, number); }
        }
    }

    private void AddConstants()
    {
        foreach (XElement value in root.Elements("enums").Where(e => (string?)e.Attribute("name") == "API Constants").Elements("enum"))
        {
            string name = (string)value.Attribute("name")!;
            ConstantDefinition? target = Constants.FirstOrDefault(c => c.Name == (string?)value.Attribute("alias"));
            Constants.Add(new ConstantDefinition(name, target?.Type ?? (string)value.Attribute("type")!, target?.Value ?? (string)value.Attribute("value")!));
        }
    }

    private void AddCommands()
    {
        foreach (XElement command in root.Elements("commands").Elements("command").Where(c => c.Attribute("alias") is null && IsVulkan(c)))
        {
            string name = command.Element("proto")!.Element("name")!.Value;
            Member[] parameters = [.. command.Elements("param").Where(IsVulkan).Select(Member.Parse)];
            Commands[name] = new CommandDefinition(name, command.Element("proto")!.Element("type")!.Value, parameters);
        }
    }
}
