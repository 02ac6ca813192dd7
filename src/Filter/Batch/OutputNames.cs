using Realtime.Filter.Images;

namespace Realtime.Filter.Batch;

/// <summary>
/// The output's name for an input's. It depends on nothing but the name itself, so that it does not change when other files come or go. A file
/// whose extension changes keeps the old one in front (clip.wmv becomes clip.wmv.mp4): a.mp4 and a.mkv never meet.
/// </summary>
internal static class OutputNames
{
    /// <summary>Where videos go whose own container is not written.</summary>
    public const string DefaultExtension = ".mp4";

    private static readonly string[] Writable = [".mp4", ".m4v", ".mov", ".mkv", ".webm", ".ts", ".m2ts", ".avi", ".nut", ".flv", ".3gp"];
    private static readonly string[] ReadOnly = [".mpg", ".mpeg", ".mts", ".wmv", ".asf", ".ogv", ".vob", ".y4m", ".mxf"];

    /// <summary>Whether the name's extension is one of a video.</summary>
    public static bool IsVideo(string name) => Writable.Contains(Extension(name)) || ReadOnly.Contains(Extension(name));

    /// <summary>Whether videos can be written with this extension.</summary>
    public static bool IsWritable(string extension) => Writable.Contains(extension.ToLowerInvariant());

    /// <summary>The output's name.</summary>
    /// <param name="name">The input's.</param>
    /// <param name="extension">The extension for videos, with its dot; null keeps their own where it can be written.</param>
    public static string For(string name, string? extension)
    {
        if (PictureFiles.IsPicture(name))
            return PictureFiles.IsWritable(name) ? name : name + ".png";
        string own = Extension(name);
        string wanted = extension?.ToLowerInvariant() ?? (Writable.Contains(own) ? own : DefaultExtension);
        return own == wanted ? name : name + wanted;
    }

    private static string Extension(string name) => Path.GetExtension(name).ToLowerInvariant();
}
