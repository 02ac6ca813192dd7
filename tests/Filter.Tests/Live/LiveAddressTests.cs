using Realtime.Filter.Live;

namespace Realtime.Filter.Tests.Live;

public sealed class LiveAddressTests
{
    [Theory]
    [InlineData("rtsp://host/stream", "rtsp://host/stream")]
    [InlineData("RTSP://user:secret@host:554/stream", "rtsp://***@host:554/stream")]
    [InlineData("rtsp://user:se@cret@host/a?b=longvalue", "rtsp://***@host/a?b=***")]
    [InlineData("rtsp://host/user=admin_password=tlJwpbo6_channel=1", "rtsp://host/***")]
    [InlineData("rtmp://host/app/key-of-the-channel", "rtmp://host/app/***")]
    [InlineData("rtmp://host/app", "rtmp://host/app")]
    [InlineData("srt://host:1?mode=caller&passphrase=verysecret&streamid=abcd", "srt://host:1?mode=caller&passphrase=***&streamid=***")]
    [InlineData("http://host/live.m3u8?token", "http://host/live.m3u8?***")]
    [InlineData("udp://239.0.0.1:1234", "udp://239.0.0.1:1234")]
    public void Its_name_has_no_secret(string url, string name) => Assert.Equal(name, LiveAddress.Parse(url).Name);

    [Fact]
    public void Whatever_ffmpeg_says_loses_its_secrets()
    {
        LiveAddress address = LiveAddress.Parse("rtsp://user:p%40ss%20word@host/stream?token=abcdefgh");

        string said = address.Hide(
            "Impossible to open 'rtsp://user:p%40ss%20word@host/stream?token=abcdefgh', user user:p@ss word refused, p%40ss%20word; token abcdefgh");

        Assert.True(address.HasSecrets);
        Assert.DoesNotContain("word", said, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", said, StringComparison.Ordinal);
        Assert.StartsWith("Impossible to open 'rtsp://***@host/stream?token=***'", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clip.mp4", false)]
    [InlineData("solids:seconds=1", false)]
    [InlineData("c://x", false)]
    [InlineData("a b://x", false)]
    [InlineData("rtsp://x", true)]
    public void Only_addresses_are_addresses(string text, bool isAddress) => Assert.Equal(isAddress, LiveAddress.Matches(text));
}
