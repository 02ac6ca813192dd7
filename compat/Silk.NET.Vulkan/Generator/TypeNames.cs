namespace Realtime.VulkanGenerator;

/// <summary>What a type of the registry is called in C#.</summary>
public sealed class TypeNames(Registry registry)
{
    /// <summary>The type itself, without stars.</summary>
    public string Of(string type)
    {
        if (Plain(type) is { } plain) { return plain; }
        if (type.StartsWith("PFN_vk", StringComparison.Ordinal)) { return "Pfn" + type["PFN_vk".Length..]; }
        // Structures and handles exist under each of their names; flags and enumerations under the first one.
        string first = registry.Aliases.GetValueOrDefault(type, type);
        if (registry.Flags.TryGetValue(first, out (string? Bits, string Plain) flags)) { return flags.Bits is null ? flags.Plain : Naming.Type(flags.Bits); }
        return Naming.Type(registry.Enums.ContainsKey(first) ? first : type);
    }

    public string Of(Member member) => Of(member.Type) + new string('*', member.Pointers);

    public static bool IsPlain(string type) => Plain(type) is not null;

    /// <summary>Whether C# can hold an array of the type as a fixed buffer.</summary>
    public bool FitsFixedBuffer(string type) => Of(type) is "byte" or "sbyte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" or "float" or "double";

    private static string? Plain(string type) => type switch
    {
        "void" or "float" or "double" or "int" => type,
        "char" or "uint8_t" => "byte",
        "int8_t" => "sbyte",
        "int16_t" => "short",
        "uint16_t" => "ushort",
        "int32_t" => "int",
        "uint32_t" or "VkSampleMask" or "VkFlags" => "uint",
        "int64_t" => "long",
        "uint64_t" or "VkDeviceSize" or "VkDeviceAddress" or "VkFlags64" => "ulong",
        "size_t" => "nuint",
        "VkBool32" => "Bool32",
        _ => null,
    };
}
