using Realtime.Filter.Errors;
using Realtime.Filter.Images;
using Realtime.Filter.Video;

namespace Realtime.Filter.Batch;

/// <summary>Finds the files of a batch: those below a folder, or those of a list.</summary>
internal static class BatchInputs
{
    /// <summary>
    /// Finds them, in the order of their names. Below a folder: every video and picture, but nothing hidden, nothing in the output folder and
    /// nothing behind a link to a folder. In a list, a text file: a path a line, from the list's folder on; blank lines and lines that begin
    /// with # do not count, and names that do not exist are items too, to be reported.
    /// </summary>
    /// <exception cref="UserErrorException">
    /// There is no such folder or list, nothing in it, or two files would have one output; or outputs would replace inputs (usage).
    /// </exception>
    public static IReadOnlyList<BatchItem> Find(BatchSettings settings)
    {
        bool isFolder = Directory.Exists(settings.Input);
        IEnumerable<(string Name, string Path)> files = isFolder ? Below(settings.Input, settings.Output) : Listed(settings.Input);
        GlobPattern[] include = [.. settings.Include.Select(pattern => new GlobPattern(pattern))];
        GlobPattern[] exclude = [.. settings.Exclude.Select(pattern => new GlobPattern(pattern))];
        BatchItem[] items =
        [
            .. files
                .Where(file => include.Length == 0 ? !isFolder || IsMedia(file.Name) : include.Any(pattern => pattern.Matches(file.Name)))
                .Where(file => !exclude.Any(pattern => pattern.Matches(file.Name)))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => Item(file.Name, file.Path, settings.Extension)),
        ];
        if (items.Length == 0)
        {
            string filter = include.Length + exclude.Length > 0 ? " that --include and --exclude leave" : "";
            throw new UserErrorException(ExitCode.Failed, $"'{settings.Input}' has no video or picture{filter}; there is nothing to do.");
        }

        RequireDistinct(items, settings.Output);
        return items;
    }

    private static bool IsMedia(string name) => OutputNames.IsVideo(name) || PictureFiles.IsPicture(name);

    private static BatchItem Item(string name, string path, string? extension) =>
        new(name, path, OutputNames.For(name, extension), PictureFiles.IsPicture(name), File.Exists(path) ? new FileInfo(path).Length : 0);

    private static IEnumerable<(string Name, string Path)> Below(string input, string output)
    {
        string root = Path.GetFullPath(input);
        string? outputFolder = FrameSinks.RealPath(output);
        Stack<string> folders = new([root]);
        while (folders.TryPop(out string? folder))
        {
            foreach (FileSystemInfo entry in Entries(folder))
            {
                if (entry.Name[0] == '.')
                    continue;
                if (entry is FileInfo)
                    yield return (Path.GetRelativePath(root, entry.FullName).Replace('\\', '/'), entry.FullName);
                else if (entry.LinkTarget is null && FrameSinks.RealPath(entry.FullName) != outputFolder)
                    folders.Push(entry.FullName);
            }
        }
    }

    private static FileSystemInfo[] Entries(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Failed, $"folder '{folder}' cannot be read: {error.Message}", error);
        }
    }

    private static IEnumerable<(string Name, string Path)> Listed(string list)
    {
        if (!File.Exists(list))
            throw new UserErrorException(ExitCode.Failed, $"'{list}' does not exist. Give a folder or a list of files after -i.");
        if (IsMedia(list))
            throw new UserErrorException(ExitCode.Usage, $"'{list}' is one file; batch takes a folder, or a text file with a path a line. For one file: ./realtime purify -i '{list}'");
        string folder = Path.GetDirectoryName(Path.GetFullPath(list))!;
        return File.ReadLines(list)
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => Path.GetFullPath(line, folder))
            .Distinct()
            .Select(path => (NameOf(path, folder), path));
    }

    // From the list's folder on where it lies below that; else the whole path, so that no two names of different folders meet.
    private static string NameOf(string path, string folder)
    {
        string relative = Path.GetRelativePath(folder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path.TrimStart('/') : relative;
    }

    private static void RequireDistinct(IReadOnlyList<BatchItem> items, string output)
    {
        foreach (IGrouping<string, BatchItem> same in items.GroupBy(item => item.OutputName).Where(group => group.Count() > 1))
        {
            throw new UserErrorException(
                ExitCode.Usage, $"{string.Join(" and ", same.Select(item => $"'{item.Name}'"))} would both become '{same.Key}'. Rename one, or leave it out with --exclude.");
        }

        HashSet<string> inputs = [.. items.Select(item => FrameSinks.RealPath(item.Path) ?? item.Path)];
        string folder = FrameSinks.RealPath(output) ?? Path.GetFullPath(output);
        if (items.FirstOrDefault(item => inputs.Contains(Path.Combine(folder, item.OutputName))) is { } lost)
            throw new UserErrorException(ExitCode.Usage, $"'{lost.OutputName}' in -o '{output}' is an input itself and would be replaced. Write to another folder.");
    }
}
