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
}
