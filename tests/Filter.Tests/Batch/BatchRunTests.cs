using Realtime.Filter.Batch;
using Realtime.Filter.Errors;
using Realtime.Filter.Tests.Video;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Batch;

public sealed class BatchRunTests : IDisposable
{
    private readonly Archive archive = new();

    public void Dispose() => archive.Dispose();

    [Fact]
    public void A_folder_with_folders_of_videos_and_pictures_comes_out_under_the_same_names()
    {
        archive.Clip("one.mp4");
        File.Move(archive.Clip("deep/er/two.mkv"), archive.Inside("deep/er/zwei ü.mkv"));
        archive.Clip("deep/three.png", frames: 1, options: "");
        archive.Clip("four.bmp", frames: 1, options: "");
        File.WriteAllText(archive.Inside("notes.txt"), "not a video");
        archive.Clip(".hidden/five.mp4");

        (ExitCode code, IReadOnlyList<FileRecord> files) = archive.Run();

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(["deep/er/zwei ü.mkv", "deep/three.png", "four.bmp.png", "one.mp4"], Archive.Contents(archive.Output).Keys.Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(FileState.Done, file.State));
        Assert.Equal(Clips.Pts(archive.Inside("one.mp4")), Clips.Pts(archive.Outside("one.mp4")));
        Assert.Empty(archive.Leftovers());
    }

    [Theory]
    [InlineData("sound.mp4", "-f lavfi -i sine=d=1 -pix_fmt yuv420p -c:a aac -shortest")]
    [InlineData("ntsc.mkv", "-r 30000/1001 -pix_fmt yuv420p")]
    [InlineData("late.mp4", "-vf setpts=PTS+3/TB -pix_fmt yuv420p")]
    [InlineData("uneven.mp4", "-vf setpts='(N+N*N/7)/25/TB' -fps_mode passthrough -video_track_timescale 90000 -pix_fmt yuv420p")]
    [InlineData("vp9.webm", "-c:v libvpx-vp9 -cpu-used 8 -pix_fmt yuv420p")]
    [InlineData("stream.ts", "-pix_fmt yuv420p")]
    [InlineData("plain.avi", "-c:v libx264 -bf 0 -pix_fmt yuv420p")]
    [InlineData("exact.nut", "-c:v ffv1")]
    public void Joined_segments_keep_time_stamps_and_streams_whatever_the_container(string name, string options)
    {
        archive.Clip(name, frames: 11, options);

        (ExitCode code, IReadOnlyList<FileRecord> files) = archive.Run();

        Assert.True(code == ExitCode.Ok, files[0].Message);   // the output check has compared every time stamp, duration and stream
        Assert.Equal(11, files[0].Frames);
        Assert.Equal(Clips.Pts(archive.Inside(name)).Length, Clips.Pts(archive.Outside(name)).Length);
    }

    [Fact]
    public void The_pictures_are_those_that_purify_writes()
    {
        string clip = archive.Clip("one.mkv", options: "-c:v ffv1 -pix_fmt bgr0");
        SinkOptions lossless = new() { Codec = "ffv1", PixelFormat = "bgr0" };

        archive.Run(settings => settings with { Model = archive.Models.Invert(), Sink = lossless });

        Assert.Equal(Decoded(clip).Select(value => (byte)(255 - value)), Decoded(archive.Outside("one.mkv")));
    }

    [Fact]
    public void What_is_done_is_left_alone_and_another_content_or_setting_is_done_again()
    {
        archive.Clip("one.mp4");
        archive.Clip("two.mp4", frames: 8);
        archive.Run();
        Dictionary<string, byte[]> before = Archive.Contents(archive.Output);

        File.SetLastWriteTimeUtc(archive.Inside("one.mp4"), DateTime.UtcNow.AddDays(1));   // a date says nothing
        Assert.Equal([FileState.Unchanged, FileState.Unchanged], archive.Run().Files.Select(file => file.State));

        archive.Clip("two.mp4", frames: 9);
        Assert.Equal([FileState.Unchanged, FileState.Done], InOrder(archive.Run().Files));
        Assert.Equal(9, Clips.Pts(archive.Outside("two.mp4")).Length);

        Assert.Equal([FileState.Done, FileState.Done], archive.Run(settings => settings with { Model = archive.Models.Invert() }).Files.Select(file => file.State));
        Assert.NotEqual(before["one.mp4"], File.ReadAllBytes(archive.Outside("one.mp4")));

        File.Delete(archive.Outside("one.mp4"));
        Assert.Equal([FileState.Done, FileState.Unchanged], InOrder(archive.Run(settings => settings with { Model = archive.Models.Invert() }).Files));
    }

    [Fact]
    public void A_broken_file_is_told_and_tried_again_and_the_others_are_done()
    {
        File.WriteAllText(archive.Inside("broken.mp4"), "Dear diary, today I am a video.");
        archive.Clip("whole.mp4");

        (ExitCode code, IReadOnlyList<FileRecord> files) = archive.Run();

        Assert.Equal(ExitCode.Partial, code);
        Assert.Equal([FileState.Failed, FileState.Done], InOrder(files));
        Assert.Contains("broken.mp4", files.Single(file => file.State == FileState.Failed).Message, StringComparison.Ordinal);

        archive.Clip("broken.mp4");
        (code, files) = archive.Run();
        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal([FileState.Done, FileState.Unchanged], InOrder(files));
    }

    [Fact]
    public void Where_all_files_fail_the_run_has_failed()
    {
        File.WriteAllText(archive.Inside("broken.mp4"), "");
        Assert.Equal(ExitCode.Failed, archive.Run().ExitCode);
    }

    [Fact]
    public void A_clip_that_breaks_off_gives_its_readable_frames_and_counts_as_failed()
    {
        string whole = archive.Clip("cut.mp4", frames: 40, options: "-g 1 -pix_fmt yuv420p -movflags +faststart");
        byte[] bytes = File.ReadAllBytes(whole);
        File.WriteAllBytes(whole, bytes[..(bytes.Length * 6 / 10)]);

        (ExitCode code, IReadOnlyList<FileRecord> files) = archive.Run();

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("breaks off after", files[0].Message, StringComparison.Ordinal);
        Assert.InRange(Clips.Pts(archive.Outside("cut.mp4")).Length, 15, 35);
        Assert.Equal(files[0].Frames, Clips.Pts(archive.Outside("cut.mp4")).Length);
    }

    [Fact]
    public void Frames_that_were_not_purified_make_a_file_a_failed_one()
    {
        archive.Clip("one.mp4");

        (ExitCode code, IReadOnlyList<FileRecord> files) = archive.Run(settings => settings with { Model = archive.Models.NotANumber() });

        Assert.Equal((ExitCode.Failed, 12), (code, files[0].Unpurified));
        Assert.Contains("12 of 12 frames could not be purified", files[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_gives_names_below_it_or_whole_paths_and_tells_what_is_missing()
    {
        archive.Clip("deep/one.mp4");
        string elsewhere = archive.Clip("two.mp4");
        string list = archive.Beside("in/deep/list.txt");
        File.WriteAllLines(list, ["# night shift", "one.mp4", "", elsewhere, "absent.mp4", "./one.mp4"]);

        (ExitCode code, IReadOnlyList<FileRecord> files) = archive.Run(settings => settings with { Input = list });

        Assert.Equal(ExitCode.Partial, code);
        Assert.Equal(["one.mp4", elsewhere.TrimStart('/')], Archive.Contents(archive.Output).Keys.Order(StringComparer.Ordinal));
        Assert.Contains("absent.mp4' does not exist", files.Single(file => file.State == FileState.Failed).Message, StringComparison.Ordinal);
        Assert.Equal(3, files.Count);
    }

    [Fact]
    public void An_output_that_no_batch_wrote_is_replaced_only_when_told_to()
    {
        archive.Clip("one.mp4");
        Directory.CreateDirectory(archive.Output);
        File.WriteAllText(archive.Outside("one.mp4"), "precious");

        (ExitCode code, IReadOnlyList<FileRecord> files) = archive.Run();
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("-y replaces it", files[0].Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(archive.Outside("one.mp4")));
        Assert.Equal(ExitCode.Failed, archive.Run().ExitCode);   // nor is it the second time

        Assert.Equal(ExitCode.Ok, archive.Run(settings => settings with { Overwrite = true }).ExitCode);
    }

    [Fact]
    public void A_disk_with_too_little_room_is_refused_ahead()
    {
        archive.Clip("one.mp4");

        UserErrorException refused = Assert.Throws<UserErrorException>(() => archive.Run(settings => settings with { SpaceFactor = 1e15 }));

        Assert.Equal(ExitCode.Failed, refused.ExitCode);
        Assert.Contains("may need", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Archive.Contents(archive.Output));
    }

    [Fact]
    public void Jobs_share_the_files_out()
    {
        foreach (int i in Enumerable.Range(1, 4))
            archive.Clip($"{i}.mp4");

        (ExitCode code, IReadOnlyList<FileRecord> files) = archive.Run(settings => settings with { Jobs = 3 });

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(["1.mp4", "2.mp4", "3.mp4", "4.mp4"], files.Select(file => file.Input).Order());
        Assert.All(files, file => Assert.Equal(FileState.Done, file.State));
    }

    private static FileState[] InOrder(IEnumerable<FileRecord> files) => [.. files.OrderBy(file => file.Input, StringComparer.Ordinal).Select(file => file.State)];

    private static byte[] Decoded(string path)
    {
        using FFmpegSource source = new(path, SourceOptions.Default);
        Realtime.Filter.Frames.FrameSlot slot = new(source.Format);
        List<byte> pixels = [];
        while (source.TryRead(slot, default))
            pixels.AddRange(slot.Raw);
        return [.. pixels];
    }
}
