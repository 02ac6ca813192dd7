namespace FFMpegCore;

public static class GlobalFFOptions
{
    public static FFOptions Current { get; private set; } = new();

    public static void Configure(FFOptions ffOptions) => Current = ffOptions ?? throw new ArgumentNullException(nameof(ffOptions));

    public static string GetFFMpegBinaryPath(FFOptions? ffOptions = null) => BinaryPath("ffmpeg", ffOptions ?? Current);

    public static string GetFFProbeBinaryPath(FFOptions? ffOptions = null) => BinaryPath("ffprobe", ffOptions ?? Current);

    // A bare name means: look on PATH.
    private static string BinaryPath(string name, FFOptions options)
    {
        string file = Path.Combine(options.BinaryFolder, OperatingSystem.IsWindows() ? name + ".exe" : name);
        return options.BinaryFolder.Length > 0 && File.Exists(file) ? file : Path.GetFileName(file);
    }
}
