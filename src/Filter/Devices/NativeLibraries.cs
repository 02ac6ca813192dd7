using System.Runtime.InteropServices;

namespace Realtime.Filter.Devices;

/// <summary>Finds native libraries: those beside the program, and those that the system's loader knows.</summary>
internal sealed class NativeLibraries
{
    private readonly Func<string, bool> isLoadable;
    private readonly IReadOnlyList<string> folders;

    /// <summary>Looks where .NET and ONNX Runtime look.</summary>
    public NativeLibraries()
        : this(IsLoadable, [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", $"linux-{RuntimeInformation.OSArchitecture}".ToLowerInvariant(), "native")])
    {
    }

    /// <summary>For tests.</summary>
    /// <param name="isLoadable">Whether the loader finds a library by its name or path.</param>
    /// <param name="folders">Where ONNX Runtime's own libraries may lie.</param>
    public NativeLibraries(Func<string, bool> isLoadable, IReadOnlyList<string> folders)
    {
        this.isLoadable = isLoadable;
        this.folders = folders;
    }

    /// <summary>Whether the loader finds <paramref name="library"/>.</summary>
    public bool Has(string library) => isLoadable(library);

    /// <summary>The path of a library that belongs to ONNX Runtime, or null.</summary>
    public string? Find(string library) => folders.Select(folder => Path.Combine(folder, library)).FirstOrDefault(File.Exists);

    private static bool IsLoadable(string library)
    {
        bool loaded = NativeLibrary.TryLoad(library, out nint handle);
        if (loaded)
            NativeLibrary.Free(handle);
        return loaded;
    }
}
