using Realtime.Filter.Errors;
using Realtime.Filter.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Trainer.Data;

/// <summary>Reads a folder whose subfolders are classes, as Imagenette has it, into memory.</summary>
public static class ImageFolder
{
    /// <summary>Whether <paramref name="folder"/> has subfolders with pictures.</summary>
    public static bool Is(string folder) => Directory.Exists(folder) && Directory.EnumerateDirectories(folder).Any(sub => PictureFiles.In(sub).Count > 0);

    /// <summary>Reads every picture. Classes are the subfolders by name; pictures alternate between classes, so that a part of the set has all of them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="resize">
    /// Edge length S: the largest square in the middle of each picture is resized to S x S by areas. Null to take pictures as
    /// they are, which must then be squares of one size.
    /// </param>
    /// <exception cref="UserErrorException">A picture is broken, or of another size than the first; the message names it.</exception>
    public static IPictureSet Load(string folder, int? resize)
    {
        string[] classes = [.. Directory.EnumerateDirectories(folder).Where(sub => PictureFiles.In(sub).Count > 0).Order(StringComparer.Ordinal)];
        if (classes.Length is < 2 or > byte.MaxValue)
            throw new UserErrorException(ExitCode.Failed, $"{folder}: {classes.Length} subfolders hold pictures, expected 2 to {byte.MaxValue}: one for each class.");
        IReadOnlyList<string>[] files = [.. classes.Select(PictureFiles.In)];
        List<byte[]> records = [];
        (int Size, string Path)? first = null;
        for (int round = 0; round < files.Max(list => list.Count); round++)
        {
            for (int k = 0; k < classes.Length; k++)
            {
                if (round >= files[k].Count)
                    continue;
                (byte[] record, int size) = Read(files[k][round], (byte)k, resize);
                first ??= (size, files[k][round]);
                if (size != first.Value.Size)
                    throw new UserErrorException(ExitCode.Failed, $"{files[k][round]}: {size}x{size} pixels, but {first.Value.Path} has {first.Value.Size}x{first.Value.Size}. Give --resize to bring all pictures to one size.");
                records.Add(record);
            }
        }

        return new MemoryPictureSet(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), first!.Value.Size, [.. classes.Select(Path.GetFileName)!], records);
    }

    private static (byte[] Record, int Size) Read(string path, byte label, int? resize)
    {
        using Image<Rgb24> image = Open(path);
        (int width, int height) = (image.Width, image.Height);
        if (resize is null && width != height)
            throw new UserErrorException(ExitCode.Failed, $"{path}: {width}x{height} pixels, expected a square. Give --resize to cut out the middle and bring all pictures to one size.");
        byte[] pixels = new byte[3 * width * height];
        image.CopyPixelDataTo(pixels);
        int edge = Math.Min(width, height), size = resize ?? edge;
        byte[] record = new byte[1 + (3 * size * size)];
        record[0] = label;
        AreaResize.Apply(pixels, width, (width - edge) / 2, (height - edge) / 2, edge, record.AsSpan(1), size);
        return (record, size);
    }

    private static Image<Rgb24> Open(string path)
    {
        try
        {
            return Image.Load<Rgb24>(path);
        }
        catch (Exception error) when (error is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Failed, $"{path}: cannot be read as a picture: {error.Message.ReplaceLineEndings(" ")} Replace or remove it.", error);
        }
    }
}
