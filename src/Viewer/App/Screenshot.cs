using Realtime.Filter.Errors;
using Realtime.Filter.Video;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Viewer.App;

/// <summary>Writes what is shown as a PNG.</summary>
internal static class Screenshot
{
    /// <summary>Writes the file; it appears under its name only when it is whole.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="picture">[H, W, 3].</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static void Save(string path, byte[] picture, int width, int height) => SavePart(path, part =>
    {
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(picture, width, height);
        image.SaveAsPng(part);
    });

    /// <summary>Writes a file under a temporary name and renames it.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static void SavePart(string path, Action<string> write)
    {
        try
        {
            using PartialFile file = new(path);
            write(file.TemporaryPath);
            file.Complete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Failed, $"'{path}' cannot be written: {error.Message}", error);
        }
    }
}
