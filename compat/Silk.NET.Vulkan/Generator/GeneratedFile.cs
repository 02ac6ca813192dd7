namespace Realtime.VulkanGenerator;

/// <summary>A file to write, its path relative to the folder compat/.</summary>
public sealed record GeneratedFile(string Path, string Text);
