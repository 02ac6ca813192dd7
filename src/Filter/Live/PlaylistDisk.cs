using Realtime.Filter.Errors;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>
/// Looks once a second whether the disk under an HLS output is full: ffmpeg's muxer does not tell, but goes on with empty segments. It can be some frames late, so that the
/// last segment may be cut. Used from one thread.
/// </summary>
/// <param name="playlist">The path of the playlist; its segments lie beside it.</param>
/// <param name="time">The clock.</param>
internal sealed class PlaylistDisk(string playlist, TimeProvider time)
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    private readonly DirectoryInfo folder = new(Path.GetDirectoryName(Path.GetFullPath(playlist))!);
    private readonly string segments = Path.GetFileNameWithoutExtension(playlist) + "-*.ts";
    private long looked = time.GetTimestamp();

    /// <summary>Makes sure that another segment like the largest fits, and that none is empty.</summary>
    /// <param name="now">Even if the last look was less than a second ago.</param>
    /// <exception cref="UserErrorException">It does not.</exception>
    public void ThrowIfFull(bool now = false)
    {
        if (!now && time.GetElapsedTime(looked) < Often)
            return;
        looked = time.GetTimestamp();
        long[] sizes = [.. folder.EnumerateFiles(segments).Select(file => file.Exists ? file.Length : 1)];      // old ones are deleted meanwhile
        if (sizes.Contains(0) || new DriveInfo(folder.FullName).AvailableFreeSpace < sizes.DefaultIfEmpty(1).Max())
            throw FFmpegResult.DiskFull(playlist);
    }
}
