namespace Realtime.VulkanGenerator;

/// <summary>Writes functions: with pointers as they are, and with each pointer also by reference.</summary>
internal sealed class CommandWriter(TypeNames types)
{
    private readonly ParameterForms forms = new(types);

    public IEnumerable<string> Write(IEnumerable<CommandDefinition> commands) => commands.SelectMany((command, slot) =>
    {
        IEnumerable<ParameterForm[]> all = ParameterForms.Combinations(command.Parameters.Select((p, i) => forms.References(command, p, Generics(command, i))));
        string[] others = [.. all.Skip(1).SelectMany(f => MethodWriter.Write($"public {types.Of(command.ReturnType)} ", command, f, null))];
        return (IEnumerable<string>)[.. Native(command, slot), .. others];
    });

    /// <summary>Which number a type parameter at this place gets: they count from zero in each function.</summary>
    internal static int Generics(CommandDefinition command, int index) => command.Parameters.Take(index).Count(p => p is { Type: "void", Pointers: 1 });

    private IEnumerable<string> Native(CommandDefinition command, int slot)
    {
        string result = types.Of(command.ReturnType), name = Naming.Command(command.Name);
        string signature = string.Join(", ", command.Parameters.Select(forms.Type).Append(result));
        string arguments = string.Join(", ", command.Parameters.Select(p => forms.Pointer(p).Argument));
        string call = $"((delegate* unmanaged<{signature}>)Entry({slot}, \"{command.Name}\"))({arguments})";
        string head = $"public {result} {name}({string.Join(", ", command.Parameters.Select(p => forms.Pointer(p).Declaration))})";
        // What the package does too: the newest instance and device are the ones that functions are looked up for.
        string? current = command.Name switch { "vkCreateInstance" => "CurrentInstance = *pInstance", "vkCreateDevice" => "CurrentDevice = *pDevice", _ => null };
        return current is null
            ? [$"{head} => {call};", ""]
            : [.. Generation.Block(head, [$"Result result = {call};", $"if (result == Result.Success) {{ {current}; }}", "return result;"]), ""];
    }
}
