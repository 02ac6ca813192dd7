using System.Diagnostics;

namespace Realtime.Filter.Gpu.Shaders;

/// <summary>
/// Hot reload, for those who write shaders: while the variable <see cref="FolderVariable"/> names the folder with the sources, they are
/// compiled anew whenever one changes, and running purifiers take the new ones between two frames. What does not compile is told, and the
/// shaders in use stay.
/// </summary>
public sealed class ShaderWatcher : IDisposable
{
    /// <summary>The environment variable.</summary>
    public const string FolderVariable = "REALTIME_SHADERS";

    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);   // editors write a file in several steps

    private readonly string sources;
    private readonly string compiled = Directory.CreateTempSubdirectory("realtime-shaders-").FullName;
    private readonly Action<string> log;
    private readonly FileSystemWatcher watcher;
    private readonly Timer timer;
    private readonly object gate = new();

    private ShaderWatcher(string sources, Action<string> log)
    {
        this.sources = sources;
        this.log = log;
        timer = new Timer(_ => Compile());
        watcher = new FileSystemWatcher(sources) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName };
        watcher.Changed += (_, change) => Note(change.Name);
        watcher.Renamed += (_, change) => Note(change.Name);
        watcher.EnableRaisingEvents = true;
    }

    /// <summary>Starts watching where <see cref="FolderVariable"/> is set; null where it is not.</summary>
    /// <param name="log">Told what was compiled and what the compiler said.</param>
    /// <exception cref="Errors.UserErrorException">It names no folder with shaders.</exception>
    public static ShaderWatcher? FromEnvironment(Action<string> log)
    {
        string? folder = Environment.GetEnvironmentVariable(FolderVariable);
        if (string.IsNullOrEmpty(folder))
            return null;
        if (!File.Exists(Path.Combine(folder, "compile.sh")))
            throw new Errors.UserErrorException(Errors.ExitCode.Usage, $"{FolderVariable} '{folder}' is not a folder with shaders: there is no compile.sh in it.");
        ShaderWatcher watcher = new(Path.GetFullPath(folder), log);
        watcher.Compile();
        return watcher;
    }

    /// <summary>Stops watching.</summary>
    public void Dispose()
    {
        watcher.Dispose();
        timer.Dispose();
        lock (gate)
            Directory.Delete(compiled, recursive: true);
    }

    private void Note(string? name)
    {
        if (name is not null && (name.EndsWith(".comp", StringComparison.Ordinal) || name.EndsWith(".glsl", StringComparison.Ordinal)))
            timer.Change(Settle, Timeout.InfiniteTimeSpan);
    }

    private void Compile()
    {
        lock (gate)
        {
            if (!Directory.Exists(compiled))
                return;     // disposed meanwhile
            ProcessStartInfo start = new("bash") { RedirectStandardError = true };
            start.ArgumentList.Add(Path.Combine(sources, "compile.sh"));
            start.ArgumentList.Add(compiled);
            using Process compiler = Process.Start(start)!;
            string said = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode != 0)
            {
                log($"the shaders do not compile; the old ones stay in use:\n{said.TrimEnd()}");
                return;
            }

            ShaderLibrary.Replace(Directory.GetFiles(compiled, "*.spv").ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllBytes));
            log($"shaders compiled from '{sources}'");
        }
    }
}
