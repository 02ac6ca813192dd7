using Realtime.Filter.Frames;
using Realtime.Filter.Live;

namespace Realtime.Filter.Tests.Live;

public sealed class CameraFormatsTests
{
    [Fact]
    public void Formats_and_sizes_are_read_from_the_list_of_ffmpeg()
    {
        // The first two lines are of the kernel's test driver, vivid.
        string[] said =
        [
            "[video4linux2,v4l2 @ 0x55a835986880] Raw       :     yuyv422 :           YUYV 4:2:2 : 320x180 640x360 640x480",
            "[video4linux2,v4l2 @ 0x55a835986880] Raw       :        nv12 :           Y/UV 4:2:0 : 320x180 640x360",
            "[video4linux2,v4l2 @ 0x55a835986880] Raw       : Unsupported :           A/XYUV 8-8-8-8 : 320x180",
            "[video4linux2,v4l2 @ 0x55a835986880] Compressed:       mjpeg :          Motion-JPEG : {32-2592, 2}x{32-1944, 2}",
            "/dev/video0: Immediate exit requested",
        ];

        Assert.Equal(["yuyv422  320x180 640x360 640x480", "nv12  320x180 640x360", "mjpeg  {32-2592, 2}x{32-1944, 2}"], CameraFormats.Read(said));
    }

    [Fact]
    public void An_output_offers_none() =>
        Assert.Empty(CameraFormats.Read(["[video4linux2,v4l2 @ 0x5570d3e95880] Not a video capture device.", "/dev/video9: No such device"]));

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("320x180", 30.0, null)]
    [InlineData(null, 29.97, null)]
    [InlineData("333x222", null, "--input-size 333x222 is 320x180 with it")]
    [InlineData("320x180", 1000.0, "--input-rate 1000 is 30 with it")]
    [InlineData("640x360", 25.0, "--input-size 640x360 is 320x180 with it, --input-rate 25 is 30 with it")]
    public void What_a_camera_does_not_grant_is_told(string? size, double? rate, string? told)
    {
        LiveOptions options = LiveOptions.Default with { CameraSize = size, CameraRate = rate };

        Assert.Equal(told, options.NotGranted(new FrameFormat(320, 180, new TimeBase(1, 1000), 30, null)));
    }
}
