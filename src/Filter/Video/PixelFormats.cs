namespace Realtime.Filter.Video;

/// <summary>What ffmpeg's pixel format names say, and which one an encoder is given.</summary>
internal static class PixelFormats
{
    /// <summary>Whether the format holds RGB (no matrix to undo) rather than YUV or grey.</summary>
    public static bool IsRgb(string format) =>
        format.StartsWith("rgb", StringComparison.Ordinal) || format.StartsWith("bgr", StringComparison.Ordinal)
        || format.StartsWith("gbr", StringComparison.Ordinal) || format.StartsWith("0rgb", StringComparison.Ordinal)
        || format.StartsWith("0bgr", StringComparison.Ordinal) || format is "argb" or "abgr" or "x2rgb10le" or "pal8"
        || format.StartsWith("bayer", StringComparison.Ordinal);

    /// <summary>Picks the format to encode: the source's where the encoder takes it, else the nearest that loses least.</summary>
    /// <param name="source">The source's format, or null where there is none (pictures, solids).</param>
    /// <param name="supported">What the encoder takes; empty is anything.</param>
    /// <param name="width">Pixels a row: an odd one cannot be subsampled.</param>
    /// <param name="height">Rows.</param>
    public static string Choose(string? source, IReadOnlyList<string> supported, int width, int height)
    {
        foreach (string candidate in Candidates(source ?? "yuv420p"))
        {
            if ((supported.Count == 0 || supported.Contains(candidate)) && Fits(candidate, supported, width, height))
                return candidate;
        }

        return supported[0];
    }

    // Encoders with a list (libx264 and its kind) refuse odd sizes of subsampled formats; those that take anything do not.
    private static bool Fits(string format, IReadOnlyList<string> supported, int width, int height)
    {
        bool halfWidth = format.Contains("420", StringComparison.Ordinal) || format.Contains("422", StringComparison.Ordinal)
            || format.StartsWith("nv", StringComparison.Ordinal) || format.StartsWith("p0", StringComparison.Ordinal);
        bool halfHeight = halfWidth && !format.Contains("422", StringComparison.Ordinal);
        return !(halfWidth && width % 2 != 0) && !(halfHeight && height % 2 != 0);
    }

    private static IEnumerable<string> Candidates(string source)
    {
        string plain = source.Replace("yuva", "yuv", StringComparison.Ordinal).Replace("gbrap", "gbrp", StringComparison.Ordinal);
        bool deep = plain.Contains("10", StringComparison.Ordinal) || plain.Contains("12", StringComparison.Ordinal)
            || plain.Contains("14", StringComparison.Ordinal) || plain.Contains("16", StringComparison.Ordinal);
        string depth = deep ? "10le" : "";
        string j = plain.StartsWith("yuvj", StringComparison.Ordinal) ? "j" : "";
        yield return source;
        yield return plain;
        if (IsRgb(plain))
        {
            yield return "gbrp" + depth;
            yield return "gbrp";
            yield return "rgb24";
            yield return "bgr0";
        }
        else if (plain.Contains("420", StringComparison.Ordinal) || plain.StartsWith("nv", StringComparison.Ordinal) || plain.StartsWith("p01", StringComparison.Ordinal))
        {
            yield return $"yuv{j}420p{depth}";
        }
        else if (plain.Contains("422", StringComparison.Ordinal) || plain.Contains("411", StringComparison.Ordinal))
        {
            yield return $"yuv{j}422p{depth}";
        }

        yield return $"yuv{j}444p{depth}";
        yield return "yuv444p";
        yield return "gbrp" + depth;
        yield return "yuv420p" + depth;
        yield return "yuv420p";
    }
}
