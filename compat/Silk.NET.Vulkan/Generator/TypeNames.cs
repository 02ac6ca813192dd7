namespace Realtime.VulkanGenerator;

/// <summary>What a type of the registry is called in C#.</summary>
public sealed class TypeNames(Registry registry)
{
    private static readonly Dictionary<string, string> Plain = new()
    {
        ["void"] = "void", ["char"] = "byte", ["float"] = "float", ["double"] = "double", ["int"] = "int", ["size_t"] = "nuint",
        ["int8_t"] = "sbyte", ["uint8_t"] = "byte", ["int16_t"] = "short", ["uint16_t"] = "ushort",
        ["int32_t"] = "int", ["uint32_t"] = "uint", ["int64_t"] = "long", ["uint64_t"] = "ulong",
        ["VkBool32"] = "Bool32", ["VkDeviceSize"] = "ulong", ["VkDeviceAddress"] = "ulong", ["VkSampleMask"] = "uint", ["VkFlags"] = "uint", ["VkFlags64"] = "ulong",
    };

    /// <summary>The type itself, without stars.</summary>
    public string Of(string type)
    {
        if (Plain.TryGetValue(type, out string? plain)) { return plain; }
        if (type.StartsWith("PFN_vk", StringComparison.Ordinal)) { return "Pfn" + type["PFN_vk".Length..]; }
        // Structures and handles exist under each of their names; flags and enumerations under the first one.
        string first = registry.Aliases.GetValueOrDefault(type, type);
        if (registry.Flags.TryGetValue(first, out (string? Bits, string Plain) flags)) { return flags.Bits is null ? flags.Plain : Naming.Type(flags.Bits); }
        return Naming.Type(registry.Enums.ContainsKey(first) ? first : type);
    }

    public string Of(Member member) => Of(member.Type) + new string('*', member.Pointers);

    public static bool IsPlain(string type) => Plain.ContainsKey(type);

    /// <summary>Whether C# can hold an array of the type as a fixed buffer.</summary>
    public bool FitsFixedBuffer(string type) => Of(type) is "byte" or "sbyte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" or "float" or "double";
}
