using System.Runtime.ExceptionServices;
using Realtime.Filter.Errors;
using Realtime.Filter.Images;
using Realtime.Trainer.Evaluation;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Trainer.Data;

/// <summary>Reads a folder whose subfolders are classes, as Imagenette has it, into memory.</summary>
public static class ImageFolder
{
    private const int ManyFiles = 2000;

    /// <summary>Whether <paramref name="folder"/> has subfolders with pictures.</summary>
    public static bool Is(string folder) => Directory.Exists(folder) && Directory.EnumerateDirectories(folder).Any(sub => PictureFiles.In(sub).Count > 0);

    /// <summary>The folder "test" or "val" below <paramref name="folder"/> that has subfolders with pictures; null where there is none.</summary>
    public static string? TestPart(string folder) => new[] { "test", "val" }.Select(part => Path.Combine(folder, part)).FirstOrDefault(Is);

    /// <summary>Reads training and test pictures, which must have the same classes and one size.</summary>
    /// <exception cref="UserErrorException">As <see cref="Load"/>; or a class or the size is in one part only.</exception>
    public static (IPictureSet Train, IPictureSet Test) LoadBoth(string train, string test, int? resize, CancellationToken cancellation = default)
    {
        (string[] here, string[] there) = ([.. Classes(train).Select(Path.GetFileName)!], [.. Classes(test).Select(Path.GetFileName)!]);
        string[] odd = [.. here.Except(there), .. there.Except(here)];
        if (odd.Length > 0)
            throw new UserErrorException(ExitCode.Failed, $"{train} and {test}: the class '{odd[0]}' is in one of them only{(odd.Length > 1 ? $" (and {odd.Length - 1} more)" : "")}. Both need a subfolder of pictures for each class.");
        (IPictureSet first, IPictureSet second) = (Load(train, resize, cancellation), Load(test, resize, cancellation));
        if (first.Size != second.Size)
            throw new UserErrorException(ExitCode.Failed, $"{train} has pictures of {first.Size} pixels, {test} of {second.Size}. Give --resize to bring all pictures to one size.");
        return (first, second);
    }

    /// <summary>Reads every picture. Classes are the subfolders by name; pictures alternate between classes, so that a part of the set has all of them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="resize">
    /// Edge length S: the largest square in the middle of each picture is resized to S x S by areas. Null to take pictures as
    /// they are, which must then be squares of one size.
    /// </param>
    /// <param name="cancellation">Ends the reading of many pictures.</param>
    /// <exception cref="UserErrorException">A picture is broken, or of another size than the first; the message names it.</exception>
    public static IPictureSet Load(string folder, int? resize, CancellationToken cancellation = default)
    {
        string[] classes = Classes(folder);
        if (classes.Length is < 2 or > byte.MaxValue)
            throw new UserErrorException(ExitCode.Failed, $"{folder}: {classes.Length} subfolders hold pictures, expected 2 to {byte.MaxValue}: one for each class.");
        if (classes.FirstOrDefault(path => Path.GetFileName(path).Contains(',', StringComparison.Ordinal)) is string comma)
            throw new UserErrorException(ExitCode.Failed, $"{comma}: the class names of a model are a list with commas, so a name cannot hold one. Rename the folder.");
        IReadOnlyList<string>[] files = [.. classes.Select(PictureFiles.In)];
        int count = files.Sum(list => list.Count);
        if (count > ManyFiles)
            Console.Error.WriteLine($"realtime: reading {count:N0} pictures of {folder} ...");
        (string Path, byte Label)[] order = [.. Enumerable.Range(0, files.Max(list => list.Count)).SelectMany(round =>
            Enumerable.Range(0, classes.Length).Where(k => round < files[k].Count).Select(k => (files[k][round], (byte)k)))];
        (byte[] first, int size) = Read(order[0].Path, order[0].Label, resize);
        BatchProgress progress = new("reading", "pictures");
        int done = 1;
        try
        {
            // Decoding is nearly all of the time, and no picture needs another.
            return new MemoryPictureSet(NameOf(folder), size, [.. classes.Select(Path.GetFileName)!], [first, .. order.Skip(1).AsParallel().AsOrdered().WithCancellation(cancellation).Select(OfSize)]);
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
            throw;
        }
        finally
        {
            BatchProgress.Clear();
        }

        byte[] OfSize((string Path, byte Label) file)
        {
            (byte[] record, int own) = Read(file.Path, file.Label, resize);
            if (own != size)
                throw new UserErrorException(ExitCode.Failed, $"{file.Path}: {own}x{own} pixels, but {order[0].Path} has {size}x{size}. Give --resize to bring all pictures to one size.");
            int now = Interlocked.Increment(ref done);
            if (count > ManyFiles && now % 100 == 0)
                progress.Show(now, count);
            return record;
        }
    }

    private static string[] Classes(string folder) =>
        [.. Directory.EnumerateDirectories(folder).Where(sub => PictureFiles.In(sub).Count > 0).Order(StringComparer.Ordinal)];

    /// <summary>The folder's own name, with its parent's where it is the part of a set ("imagenette-train").</summary>
    private static string NameOf(string folder)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), name = Path.GetFileName(path);
        return name is "train" or "test" or "val" ? $"{Path.GetFileName(Path.GetDirectoryName(path))}-{name}" : name;
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
