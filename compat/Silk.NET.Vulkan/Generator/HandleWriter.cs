namespace Realtime.VulkanGenerator;

/// <summary>Writes handles.</summary>
internal static class HandleWriter
{
    public static IEnumerable<string> Write(IEnumerable<HandleDefinition> handles) => handles.SelectMany(h =>
    {
        string name = Naming.Type(h.Name), type = h.IsDispatchable ? "nint" : "ulong";
        return Generation.Block($"public unsafe partial struct {name}",
        [
            $"public {name}({type}? handle = null) : this()", "{", "    if (handle is not null) { Handle = handle.Value; }", "}", "",
            $"public {type} Handle;", "",
            "public override string ToString() => $\"0x{Handle:x16}\";",
        ]).Append("");
    });
}
