namespace Realtime.Filter.Tests.Launcher;

/// <summary>The clone that these tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder of Realtime.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Realtime.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No Realtime.sln above {AppContext.BaseDirectory}.");
    }
}
