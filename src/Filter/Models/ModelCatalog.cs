using System.Security.Cryptography;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Models;

/// <summary>Finds ONNX files: the shipped ones by name in the models folder, any other by path.</summary>
public static class ModelCatalog
{
    /// <summary>The environment variable that names another models folder.</summary>
    public const string FolderVariable = "REALTIME_MODELS";

    private const string Extension = ".onnx";

    /// <summary>The models folder: <see cref="FolderVariable"/>, or "models" beside Realtime.sln above the program.</summary>
    /// <returns>Null where there is neither.</returns>
    public static string? Folder()
    {
        string? chosen = Environment.GetEnvironmentVariable(FolderVariable);
        if (!string.IsNullOrEmpty(chosen))
            return chosen;

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Realtime.sln")))
                return Path.Combine(folder.FullName, "models");
        }

        return null;
    }

    /// <summary>The shipped models by name, in order; empty where there is no models folder.</summary>
    public static IReadOnlyList<string> Names()
    {
        string? folder = Folder();
        if (!Directory.Exists(folder))
            return [];
        string[] names = [.. Directory.EnumerateFiles(folder, "*" + Extension).Select(file => Path.GetFileNameWithoutExtension(file))];
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <summary>Finds the file that <c>-m</c> means.</summary>
    /// <param name="nameOrPath">The name of a shipped model ("maep-patch4"), or a path: with a slash, or ending in .onnx.</param>
    /// <returns>The path of an existing file.</returns>
    /// <exception cref="UserErrorException">There is no such model (<see cref="ExitCode.ModelRejected"/>); the message lists what there is.</exception>
    public static string Resolve(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        bool isPath = nameOrPath.Contains('/', StringComparison.Ordinal) || nameOrPath.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
        string? path = isPath ? nameOrPath : Folder() is string folder ? Path.Combine(folder, nameOrPath + Extension) : null;
        if (File.Exists(path))
            return path;

        IReadOnlyList<string> names = Names();
        string shipped = names.Count == 0
            ? $"no shipped models were found ({FolderVariable} can name their folder)"
            : $"shipped models are: {string.Join(", ", names)}";
        throw new UserErrorException(
            ExitCode.ModelRejected,
            isPath ? $"model file '{nameOrPath}' does not exist; {shipped}." : $"unknown model '{nameOrPath}'; {shipped}. A path to an ONNX file works too.");
    }

    /// <summary>SHA-256 of a model's file, in lower-case hexadecimal digits.</summary>
    /// <param name="nameOrPath">See <see cref="Resolve"/>.</param>
    /// <exception cref="UserErrorException">There is no such model.</exception>
    public static string HashOf(string nameOrPath)
    {
        using FileStream file = File.OpenRead(Resolve(nameOrPath));
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
