using Realtime.Filter.Errors;
using Realtime.Filter.Live;

namespace Realtime.Filter.Tests.Live;

public sealed class IngestArgumentsTests
{
    [Theory]
    [InlineData("rtsp://user:secret@host/live", "tcp")]
    [InlineData("rtmp://host/app/secretkey", "rtmp,tcp")]
    [InlineData("srt://host:1?passphrase=secretphrase", "srt")]
    [InlineData("https://host/live.m3u8?token=secrettoken", "https,tls,tcp,crypto")]
    public void An_address_with_secrets_is_on_no_command_line(string url, string protocols)
    {
        LiveInput input = LiveInput.Parse(url);

        string arguments = IngestArguments.Build(input, LiveOptions.Default, withSound: false, paced: false);
        string script = IngestArguments.Script(input, LiveOptions.Default)!;

        Assert.DoesNotContain("secret", arguments, StringComparison.Ordinal);
        Assert.Contains($"-protocol_whitelist pipe,{protocols} -i pipe:0", arguments, StringComparison.Ordinal);
        Assert.Contains($"file '{url}'\n", script, StringComparison.Ordinal);
        Assert.Contains($"option protocol_whitelist {protocols}\n", script, StringComparison.Ordinal);   // what it plays may not even use the pipe
    }

    [Theory]
    [InlineData("rtsp://host/live", "tcp")]
    [InlineData("rtsps://host/live", "tls,tcp")]
    [InlineData("rtmps://host/app", "rtmps,tls,tcp")]
    [InlineData("udp://239.0.0.1:5000", "udp")]
    [InlineData("rtp://239.0.0.1:5000", "rtp,udp")]
    [InlineData("http://host/live.ts", "http,https,tls,tcp")]
    [InlineData("https://host/live.ts", "https,tls,tcp")]
    public void Every_scheme_gets_what_it_needs_and_no_file(string url, string protocols)
    {
        LiveInput input = LiveInput.Parse(url);

        Assert.Null(IngestArguments.Script(input, LiveOptions.Default));
        Assert.Contains($"-protocol_whitelist \"{protocols}\"", IngestArguments.Build(input, LiveOptions.Default, withSound: false, paced: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Rtsp_over_udp_needs_more_protocols() => Assert.Contains(
        "-protocol_whitelist \"tcp,udp,rtp\" -rtsp_transport \"udp\"",
        IngestArguments.Build(LiveInput.Parse("rtsp://host/live"), new LiveOptions { RtspOverUdp = true }, withSound: false, paced: false),
        StringComparison.Ordinal);

    [Fact]
    public void Only_what_comes_in_pieces_is_paced()
    {
        Assert.Contains("-re ", IngestArguments.Build(LiveInput.Parse("http://host/live.m3u8"), LiveOptions.Default, withSound: false, paced: true), StringComparison.Ordinal);
        Assert.DoesNotContain("-re ", IngestArguments.Build(LiveInput.Parse("rtsp://host/live"), LiveOptions.Default, withSound: false, paced: true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_camera_gets_its_format_size_and_rate()
    {
        // No camera is needed to write its command line: any device file will do.
        LiveInput camera = LiveInput.Parse("/dev/null");
        LiveOptions options = new() { CameraFormat = "mjpeg", CameraSize = "1280x720", CameraRate = 29.97 };

        Assert.Contains(
            "-f \"v4l2\" -input_format \"mjpeg\" -video_size \"1280x720\" -framerate \"29.97\" -i \"/dev/null\"",
            IngestArguments.Build(camera, options, withSound: false, paced: true),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://host/x", "ftp")]
    [InlineData("file:///etc/passwd", "file")]
    [InlineData("concat://x", "concat")]
    public void Other_schemes_are_refused(string url, string scheme)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => LiveInput.Parse(url));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains($"'{scheme}' is no protocol for a stream", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/video0", true)]
    [InlineData("/dev/v4l/by-id/usb-camera", true)]
    [InlineData("srt://host:1", true)]
    [InlineData("/dev/shm/clip.mp4", false)]
    [InlineData("video0", false)]
    [InlineData("-", false)]
    public void A_file_is_not_live(string input, bool isLive) => Assert.Equal(isLive, LiveInput.Matches(input));

    [Fact]
    public void A_camera_that_is_not_there_is_named_with_those_that_are()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => LiveInput.Parse("/dev/video-none"));

        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.Contains("/dev/video-none: no such device", error.Message, StringComparison.Ordinal);
        Assert.Contains("--list-cameras", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cameras_are_listed_in_the_order_of_their_numbers()
    {
        DirectoryInfo kernel = Directory.CreateTempSubdirectory("realtime-cameras-");
        foreach ((string device, string name) in new[] { ("video10", "Loopback\n"), ("video2", "Webcam\n") })
        {
            kernel.CreateSubdirectory(device);
            File.WriteAllText(Path.Combine(kernel.FullName, device, "name"), name);
        }

        Assert.Equal([new Camera("/dev/video2", "Webcam"), new Camera("/dev/video10", "Loopback")], Cameras.List(kernel.FullName));
        kernel.Delete(recursive: true);
    }
}
