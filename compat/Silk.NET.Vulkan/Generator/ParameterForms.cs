namespace Realtime.VulkanGenerator;

/// <summary>The ways in which Silk.NET lets a parameter be passed.</summary>
internal sealed class ParameterForms(TypeNames types)
{
    public string Type(Member parameter) => types.Of(parameter) + (parameter.Sizes.Length > 0 ? "*" : "");

    public ParameterForm Pointer(Member parameter) => new($"{Type(parameter)} {Naming.Escape(parameter.Name)}", Naming.Escape(parameter.Name));

    /// <summary>The pointer, then by reference: <c>ref readonly</c> for input, <c>out</c> for results, <c>ref</c> for what goes both ways.</summary>
    public IReadOnlyList<ParameterForm> References(CommandDefinition command, Member parameter, int index)
    {
        ParameterForm pointer = Pointer(parameter);
        string type = Type(parameter), name = Naming.Escape(parameter.Name), pinned = parameter.Name + "Ptr";
        if (!type.EndsWith('*')) { return [pointer]; }
        if (type == "void*") { return [pointer, new($"ref T{index} {name}", pinned, $"fixed (T{index}* {pinned} = &{name})", $"T{index}")]; }
        string target = type[..^1];
        if (target.EndsWith('*')) { return [pointer, new($"ref {target} {name}", pinned, $"fixed ({type} {pinned} = &{name})")]; }
        string kind = IsInput(parameter) ? "ref readonly" : IsResult(command, parameter) ? "out" : "ref";
        var reference = new ParameterForm($"{kind} {target} {name}", pinned, $"fixed ({type} {pinned} = &{name})", IsOut: kind == "out");
        return IsText(parameter) ? [pointer, reference, Text(parameter)] : [pointer, reference];
    }

    /// <summary>The pointer, then as a span.</summary>
    public IReadOnlyList<ParameterForm> Spans(Member parameter, int index)
    {
        ParameterForm pointer = Pointer(parameter);
        string type = Type(parameter), name = Naming.Escape(parameter.Name), pinned = parameter.Name + "Ptr";
        if (!type.EndsWith('*') || type.EndsWith("**", StringComparison.Ordinal)) { return [pointer]; }
        if (type == "void*") { return [pointer, new($"Span<T{index}> {name}", pinned, $"fixed (T{index}* {pinned} = {name})", $"T{index}")]; }
        string span = IsInput(parameter) ? "ReadOnlySpan" : "Span";
        var form = new ParameterForm($"{span}<{type[..^1]}> {name}", pinned, $"fixed ({type} {pinned} = {name})");
        return IsText(parameter) ? [pointer, form, Text(parameter)] : [pointer, form];
    }

    public static IEnumerable<ParameterForm[]> Combinations(IEnumerable<IReadOnlyList<ParameterForm>> choices) =>
        choices.Aggregate<IReadOnlyList<ParameterForm>, IEnumerable<ParameterForm[]>>([[]], (done, next) => done.SelectMany(d => next.Select(n => (ParameterForm[])[.. d, n])));

    private static ParameterForm Text(Member parameter) => new($"string {Naming.Escape(parameter.Name)}", parameter.Name + "Ptr", Text: Naming.Escape(parameter.Name));

    private static bool IsInput(Member parameter) => parameter.IsConst || parameter.Sizes.Length > 0;

    private static bool IsText(Member parameter) => parameter is { Type: "char", IsConst: true, Pointers: 1 };

    // What the package goes by: functions that get, create or allocate have results; a count is read as well.
    private static bool IsResult(CommandDefinition command, Member parameter) =>
        parameter.Optional != "false,true" && (command.Name.StartsWith("vkGet", StringComparison.Ordinal)
            || command.Name.StartsWith("vkCreate", StringComparison.Ordinal) || command.Name.StartsWith("vkAllocate", StringComparison.Ordinal));
}
