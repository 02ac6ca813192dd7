namespace Realtime.Filter.Devices;

/// <summary>Where things are kept that can be made again: below $XDG_CACHE_HOME, or below ~/.cache.</summary>
internal static class UserCache
{
    /// <summary>The folder for one kind of thing ("tensorrt"); it may not exist yet.</summary>
    public static string Folder(string kind)
    {
        string? root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!Path.IsPathRooted(root))       // the specification has relative ones ignored
            root = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(root, "realtime", kind);
    }

    /// <summary>Writes a file under a temporary name and renames it, so that nobody reads half of it; its folder is made when needed.</summary>
    /// <exception cref="IOException">It cannot be written; nothing is left.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void Write(string path, byte[] content)
    {
        string partial = $"{path}.{Environment.ProcessId}-{Guid.NewGuid():n}.partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(partial, content);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(partial))
                File.Delete(partial);
            throw;
        }
    }
}
