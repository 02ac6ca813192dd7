using Realtime.Filter.Errors;
using Realtime.Filter.Live;
using Realtime.Filter.Tests.Video;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Live;

/// <summary>Playlists and scripts that name files of this machine, or addresses: none may be opened.</summary>
public sealed class HostileTests : IDisposable
{
    private static readonly LiveOptions Options = new() { ReconnectFor = TimeSpan.Zero };

    private readonly Clips clips = new();

    public void Dispose() => clips.Dispose();

    [Theory]
    [InlineData("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{clip}\n#EXT-X-ENDLIST\n")]
    [InlineData("list.txt", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{url}\n#EXT-X-ENDLIST\n")]
    [InlineData("list.mp4", "ffconcat version 1.0\nfile '{name}'\n")]
    [InlineData("list.ffconcat", "ffconcat version 1.0\nfile '{clip}'\n")]
    [InlineData("list.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5000 RTP/AVP 96\na=rtpmap:96 H264/90000\n")]
    [InlineData("list.mpd", "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" profiles=\"urn:mpeg:dash:profile:isoff-on-demand:2011\" type=\"static\"><Period><AdaptationSet mimeType=\"video/mp2t\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>{name}</BaseURL></Representation></AdaptationSet></Period></MPD>")]
    public void A_local_list_of_other_files_is_no_video(string name, string text)
    {
        string clip = clips.Make("clip.ts", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 5 {out}");
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(File.ReadAllBytes(clip)));
        string list = clips.PathOf(name);
        File.WriteAllText(list, text.Replace("{clip}", clip, StringComparison.Ordinal).Replace("{name}", "clip.ts", StringComparison.Ordinal).Replace("{url}", server.Url("clip.ts"), StringComparison.Ordinal));

        UserErrorException error = Assert.Throws<UserErrorException>(() => FrameSources.Open(list));

        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.Contains("is a list of other files or addresses", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{clip}\n#EXT-X-ENDLIST\n")]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nconcat:{clip}|{clip}\n#EXT-X-ENDLIST\n")]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsubfile,,start,0,end,0,,:{clip}\n#EXT-X-ENDLIST\n")]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\npipe:0\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile 'file://{clip}'\n")]
    [InlineData("ffconcat version 1.0\nfile 'clip.ts'\noption protocol_whitelist file,http,tcp\nfile '{clip}'\n")]
    public void A_list_from_the_network_reaches_no_file(string text)
    {
        string clip = clips.Make("clip.ts", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 5 {out}");
        byte[] list = System.Text.Encoding.UTF8.GetBytes(text.Replace("{clip}", clip, StringComparison.Ordinal));
        using HttpPeer server = new((_, path) => path.EndsWith(".m3u8", StringComparison.Ordinal) ? new HttpPeer.Answer(list) : null);

        foreach (string user in new[] { "", "user:secret@" })
        {
            UserErrorException error = Assert.Throws<UserErrorException>(() => new Reading().Run(server.Url("live.m3u8", user), Options));

            Assert.Contains("cannot be read", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_honest_list_from_the_network_is_played()
    {
        clips.Make("hls.m3u8", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 50 -pix_fmt yuv420p -c:v libx264 -g 25 -f hls -hls_time 1 {out}");
        using HttpPeer server = new((_, path) => File.Exists(clips.PathOf(path)) ? new HttpPeer.Answer(File.ReadAllBytes(clips.PathOf(path))) : null);

        foreach (string user in new[] { "", "user:secret@" })
            Assert.Equal(50, new Reading().Run(server.Url("hls.m3u8", user), Options).Pts.Count);
    }
}
