using System.Globalization;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Batch;

/// <summary>Refuses ahead what a disk has no room for. How large an output becomes is known at its end only: a factor of its input stands for it.</summary>
internal static class DiskSpace
{
    /// <summary>Makes sure that there is room for the outputs, and for the segments of the largest beside its output.</summary>
    /// <param name="folder">Where the outputs go.</param>
    /// <param name="inputs">Bytes of each input.</param>
    /// <param name="factor">See <see cref="BatchSettings.SpaceFactor"/>.</param>
    /// <exception cref="UserErrorException">There is not.</exception>
    public static void Require(string folder, IReadOnlyCollection<long> inputs, double factor)
    {
        if (factor == 0 || inputs.Count == 0)
            return;
        double needed = factor * ((double)inputs.Sum() + inputs.Max());
        long free = new DriveInfo(folder).AvailableFreeSpace;
        if (needed <= free)
            return;
        throw new UserErrorException(
            ExitCode.Failed,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the disk of '{folder}' has {Text(free)} free, but {BatchTotals.CountOf(inputs.Count)} may need {Text(needed)}: {factor:0.##} times the inputs, and room to join the largest. Free some, write elsewhere, or give --space-factor N (0 checks nothing)."));
    }

    /// <summary>"12.3 GB".</summary>
    public static string Text(double bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB", "PB"];
        int unit = 0;
        for (; bytes >= 1000 && unit < units.Length - 1; unit++)
            bytes /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {units[unit]}");
    }
}
