namespace Realtime.VulkanGenerator;

/// <summary>A structure or union.</summary>
public sealed record StructDefinition(string Name, bool IsUnion, Lazy<Member[]> Members);

/// <summary>A handle; a dispatchable one is a pointer, the others are 64-bit numbers.</summary>
public sealed record HandleDefinition(string Name, bool IsDispatchable);

/// <summary>An enumeration with all values that the core and the extensions give it.</summary>
public sealed record EnumDefinition(string Name, bool IsFlags, bool IsWide, Dictionary<string, long> Values);

/// <summary>A constant of the API.</summary>
public sealed record ConstantDefinition(string Name, string Type, string Value);

/// <summary>A function.</summary>
public sealed record CommandDefinition(string Name, string ReturnType, Member[] Parameters);

/// <summary>An extension with its functions.</summary>
public sealed record ExtensionDefinition(string Name, string[] Commands)
{
    /// <summary>The second part of the name: EXT in VK_EXT_debug_utils.</summary>
    public string Vendor => Name.Split('_')[1];
}
