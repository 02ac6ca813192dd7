namespace Realtime.VulkanGenerator;

/// <summary>Writes structures and unions.</summary>
internal sealed class StructWriter(Registry registry, TypeNames types)
{
    public IEnumerable<string> Write(IEnumerable<KeyValuePair<string, StructDefinition>> structs) => structs.SelectMany(s => Write(Naming.Type(s.Key), s.Value));

    private IEnumerable<string> Write(string name, StructDefinition definition)
    {
        Member[] members = definition.Members.Value;
        IEnumerable<string> body = definition.IsUnion
            ? [.. members.SelectMany(UnionFields)]
            : [.. Constructor(name, members), .. members.SelectMany(Field)];
        if (definition.IsUnion) { yield return "[StructLayout(LayoutKind.Explicit)]"; }
        foreach (string line in Generation.Block($"public unsafe partial struct {name}", body)) { yield return line; }
        yield return "";
    }

    private IEnumerable<string> Constructor(string name, Member[] members)
    {
        var parameters = new List<string>();
        var body = new List<string>();
        foreach (Member member in members.Where(m => m.Sizes.Length == 0))
        {
            string field = Naming.Pascal(member.Name), parameter = Naming.Camel(field), type = types.Of(member);
            string start = member.Values is { } value ? "StructureType." + Naming.Values(registry.Enums["VkStructureType"])[value] : "null";
            parameters.Add(member.Pointers > 0 ? $"{type} {parameter} = null" : $"{type}? {parameter} = {start}");
            body.Add($"if ({parameter} is not null) {{ {field} = {parameter}{(member.Pointers > 0 ? "" : ".Value")}; }}");
        }
        if (parameters.Count == 0) { return []; }
        return [.. Generation.Block($"public {name}({string.Join(", ", parameters)}) : this()", body), ""];
    }

    private IEnumerable<string> Field(Member member)
    {
        string name = Naming.Pascal(member.Name), type = types.Of(member);
        if (member.Sizes.Length == 0) { return [$"public {type} {name};"]; }
        int count = member.Sizes.Aggregate(1, (product, size) => product * registry.Size(size));
        if (member.Pointers == 0 && types.FitsFixedBuffer(member.Type)) { return [$"public fixed {type} {name}[{count}];"]; }
        return [$"public {name}Buffer {name};", "", .. Buffer(name + "Buffer", type, count), ""];
    }

    private static IEnumerable<string> Buffer(string name, string type, int count) => Generation.Block($"public struct {name}",
    [
        .. Enumerable.Range(0, count).Select(i => $"public {type} Element{i};"), "",
        $"public ref {type} this[int index]", "{", "    get", "    {",
        $"        if (index is < 0 or > {count - 1}) {{ throw new ArgumentOutOfRangeException(nameof(index)); }}",
        $"        fixed ({type}* ptr = &Element0) {{ return ref ptr[index]; }}", "    }", "}", "",
        $"public Span<{type}> AsSpan() => MemoryMarshal.CreateSpan(ref Element0, {count});",
    ]);

    /// <summary>All at the beginning; arrays as single fields with a number.</summary>
    private IEnumerable<string> UnionFields(Member member)
    {
        string name = Naming.Pascal(member.Name), type = types.Of(member);
        if (member.Sizes.Length == 0) { return ["[FieldOffset(0)]", $"public {type} {name};"]; }
        int size = type switch { "byte" or "sbyte" => 1, "float" or "int" or "uint" => 4, "ulong" or "long" or "double" => 8, _ => throw new NotSupportedException(type) };
        return Enumerable.Range(0, registry.Size(member.Sizes[0])).SelectMany(i => new[] { $"[FieldOffset({i * size})]", $"public {type} {name}_{i};" });
    }
}
