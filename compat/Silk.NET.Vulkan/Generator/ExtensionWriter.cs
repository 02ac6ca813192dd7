namespace Realtime.VulkanGenerator;

/// <summary>Writes the class of an extension and its overloads.</summary>
internal static class ExtensionWriter
{
    public static IEnumerable<string> Write(ReachedExtension extension, CommandWriter commands, SpanWriter spans)
    {
        string name = Naming.ExtensionClass(extension.Definition);
        return
        [
            $"[Silk.NET.Core.Attributes.Extension(\"{extension.Definition.Name}\")]",
            .. Generation.Block($"public unsafe partial class {name}(INativeContext ctx) : NativeExtension<Vk>(ctx)",
                [$"public const string ExtensionName = \"{extension.Definition.Name}\";", "", .. commands.Write(extension.Commands)]),
            "",
            .. Generation.Block($"public static class {name}Overloads", spans.Write(name, extension.Commands)),
        ];
    }
}
