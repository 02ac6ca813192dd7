using Realtime.Filter.Tests.Video;

namespace Realtime.Filter.Tests.Live;

/// <summary>Transport streams as cameras and servers send them.</summary>
internal static class LiveClips
{
    public const int Frames = 25;

    /// <summary>A second of video with sound, key frames every ten frames.</summary>
    public static byte[] Stream(this Clips clips, string name = "stream.ts", string size = "64x48", string more = "", int frames = Frames) => File.ReadAllBytes(clips.Make(
        name,
        $"-f lavfi -i testsrc2=s={size}:r=25 -f lavfi -i sine -frames:v {frames} -shortest -pix_fmt yuv420p -c:v libx264 -g 10 -c:a aac {more} {{out}}"));
}
