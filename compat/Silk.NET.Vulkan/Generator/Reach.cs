namespace Realtime.VulkanGenerator;

/// <summary>Everything that the roots need.</summary>
public sealed class Reach(Registry registry)
{
    private readonly SortedDictionary<string, CommandDefinition> commands = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, StructDefinition> structs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, HandleDefinition> handles = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, EnumDefinition> enums = new(StringComparer.Ordinal);
    private readonly List<ExtensionDefinition> extensions = [];

    public IEnumerable<CommandDefinition> Commands => commands.Values;

    /// <summary>Structures under the names that they are asked for by, which may be a second name.</summary>
    public IEnumerable<KeyValuePair<string, StructDefinition>> Structs => structs;

    public IEnumerable<HandleDefinition> Handles => handles.Values;

    public IEnumerable<EnumDefinition> Enums => enums.Values;

    public IEnumerable<ReachedExtension> Extensions => extensions.Select(e => new ReachedExtension(e, [.. e.Commands.Select(Command)]));

    public void Add(string root)
    {
        if (registry.Extensions.TryGetValue(root, out ExtensionDefinition? extension))
        {
            extensions.Add(extension);
            foreach (string name in extension.Commands) { AddSignature(Command(name)); }
        }
        else if (registry.Commands.TryGetValue(root, out CommandDefinition? command))
        {
            commands[root] = command;
            AddSignature(command);
        }
        else { AddType(root); }
    }

    private CommandDefinition Command(string name) => registry.Commands[name];

    private void AddSignature(CommandDefinition command)
    {
        AddType(command.ReturnType);
        foreach (Member parameter in command.Parameters) { AddType(parameter.Type); }
    }

    private void AddType(string name)
    {
        if (TypeNames.IsPlain(name) || name.StartsWith("PFN_", StringComparison.Ordinal)) { return; }
        string first = registry.Aliases.GetValueOrDefault(name, name);
        if (registry.Flags.TryGetValue(first, out (string? Bits, string Plain) flags))
        {
            if (flags.Bits is { } bits) { enums[bits] = registry.Enums[bits]; }
        }
        else if (registry.Enums.TryGetValue(first, out EnumDefinition? values)) { enums[first] = values; }
        else if (registry.Handles.TryGetValue(first, out HandleDefinition? handle)) { handles[name] = handle with { Name = name }; }
        else if (registry.Structs.TryGetValue(first, out StructDefinition? found))
        {
            if (!structs.TryAdd(name, found)) { return; }
            foreach (Member member in found.Members.Value) { AddType(member.Type); }
        }
        else { throw new InvalidDataException($"The registry has no command, extension or type {name}."); }
    }
}
