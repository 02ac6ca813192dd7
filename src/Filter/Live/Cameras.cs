using System.Globalization;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Live;

/// <summary>The V4L2 devices of this machine, as the kernel lists them.</summary>
public static class Cameras
{
    private const string Kernel = "/sys/class/video4linux";

    /// <summary>All devices in the order of their numbers. Outputs (v4l2loopback) are among them.</summary>
    public static IReadOnlyList<Camera> List() => List(Kernel);

    internal static IReadOnlyList<Camera> List(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        return
        [
            .. Directory.EnumerateFileSystemEntries(folder, "video*")
                .OrderBy(path => int.TryParse(Path.GetFileName(path).AsSpan("video".Length), CultureInfo.InvariantCulture, out int number) ? number : int.MaxValue)
                .Select(path => new Camera($"/dev/{Path.GetFileName(path)}", NameOf(path))),
        ];
    }

    /// <summary>Makes sure that a device file is there and can be opened.</summary>
    /// <exception cref="UserErrorException">It is not, with what to do.</exception>
    public static void Check(string device, string option = "-i")
    {
        if (!File.Exists(device))
        {
            IReadOnlyList<Camera> found = List();
            string others = found.Count == 0 ? "this machine has no V4L2 device" : $"there is {string.Join(", ", found)}";
            throw new UserErrorException(ExitCode.Failed, $"{option} {device}: no such device; {others} (--list-cameras).");
        }

        try
        {
            using FileStream opened = new(device, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UserErrorException(ExitCode.Failed, $"{option} {device}: not permitted. Join the group of cameras: sudo usermod -aG video $USER, then log in again.", error);
        }
        catch (IOException error)
        {
            throw new UserErrorException(ExitCode.Failed, $"{option} {device} cannot be opened: {error.Message}", error);
        }
    }

    private static string NameOf(string path)
    {
        string file = Path.Combine(path, "name");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : "(no name)";
    }
}
