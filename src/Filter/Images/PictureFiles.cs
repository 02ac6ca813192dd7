namespace Realtime.Filter.Images;

/// <summary>Which files are still pictures, and in what order a folder of them is read.</summary>
public static class PictureFiles
{
    private static readonly string[] Readable = [".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff", ".tga", ".qoi", ".pbm", ".pgm", ".ppm"];
    private static readonly string[] Writable = [".png", ".jpg", ".jpeg"];

    /// <summary>Whether the name's extension is a still picture's.</summary>
    public static bool IsPicture(string path) => Readable.Contains(Extension(path));

    /// <summary>Whether a picture of this extension can be written.</summary>
    public static bool IsWritable(string path) => Writable.Contains(Extension(path));

    /// <summary>Whether the extension is of a JPEG file.</summary>
    public static bool IsJpeg(string path) => Extension(path) is ".jpg" or ".jpeg";

    /// <summary>The pictures in a folder, not below it, by name with numbers in counting order (2 before 10).</summary>
    public static IReadOnlyList<string> In(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(IsPicture).Where(path => Path.GetFileName(path)[0] != '.').Order(Comparer<string>.Create(CompareNames))];

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();

    private static int CompareNames(string one, string other)
    {
        int i = 0, j = 0;
        while (i < one.Length && j < other.Length)
        {
            if (char.IsAsciiDigit(one[i]) && char.IsAsciiDigit(other[j]))
            {
                ReadOnlySpan<char> first = Digits(one, ref i), second = Digits(other, ref j);
                int order = first.Length != second.Length ? first.Length - second.Length : first.CompareTo(second, StringComparison.Ordinal);
                if (order != 0)
                    return order;
            }
            else if (one[i] != other[j])
            {
                return one[i] - other[j];
            }
            else
            {
                i++;
                j++;
            }
        }

        int rest = one.Length - i - (other.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(one, other);
    }

    private static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return text.AsSpan(start, at - start).TrimStart('0');
    }
}
