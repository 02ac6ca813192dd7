namespace Realtime.Trainer.Tests;

/// <summary>Finds ../shared beside the repository, where the data that is not ours to ship lies.</summary>
internal static class SharedData
{
    /// <summary>The folder, or an empty string where it is absent.</summary>
    internal static string Folder(string below)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "Realtime.sln")))
                continue;
            string found = Path.Combine(at.FullName, "..", "shared", below);
            return Directory.Exists(found) ? found : "";
        }

        return "";
    }
}
