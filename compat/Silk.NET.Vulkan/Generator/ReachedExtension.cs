namespace Realtime.VulkanGenerator;

/// <summary>An extension and its commands.</summary>
public sealed record ReachedExtension(ExtensionDefinition Definition, CommandDefinition[] Commands);
