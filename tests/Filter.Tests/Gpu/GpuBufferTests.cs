using Realtime.Filter.Gpu;

namespace Realtime.Filter.Tests.Gpu;

public sealed class GpuBufferTests : GpuTest
{
    [SkippableFact]
    public void Bytes_go_to_the_device_and_come_back()
    {
        byte[] bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        GpuBuffer upload = Device.CreateBuffer("upload", (ulong)bytes.Length, GpuMemory.Upload);
        GpuBuffer local = Device.CreateBuffer("device", (ulong)bytes.Length, GpuMemory.Device);
        GpuBuffer readback = Device.CreateBuffer("readback", (ulong)bytes.Length, GpuMemory.Readback);
        bytes.CopyTo(upload.Mapped);

        GpuCommands commands = Device.CreateCommands(Compute);
        commands.Begin();
        commands.Copy(upload, local, 0, 0, upload.Size);
        commands.Barrier(GpuStage.Transfer, GpuStage.Transfer);
        commands.Copy(local, readback, 0, 0, upload.Size);
        commands.Barrier(GpuStage.Transfer, GpuStage.Host);
        commands.End();
        Run(commands);

        Assert.Equal(bytes, readback.Mapped.ToArray());
    }

    [SkippableFact]
    public void The_transfer_queue_fills_and_copies()
    {
        GpuBuffer local = Device.CreateBuffer("device", 10, GpuMemory.Device);
        GpuBuffer readback = Device.CreateBuffer("readback", 10, GpuMemory.Readback);
        GpuCommands commands = Device.CreateCommands(Device.Transfer);
        commands.Begin();
        commands.Fill(local, 0x01020304);
        commands.Barrier(GpuStage.Compute | GpuStage.Transfer, GpuStage.Transfer);
        commands.Copy(local, readback, 0, 0, 10);
        commands.Barrier(GpuStage.Transfer, GpuStage.Host);
        commands.End();
        Run(commands);
        Assert.Equal([4, 3, 2, 1, 4, 3, 2, 1, 4, 3], readback.Mapped.ToArray());
    }

    [SkippableFact]
    public void Only_buffers_in_reach_of_the_host_are_mapped()
    {
        GpuBuffer local = Device.CreateBuffer("weights", 16, GpuMemory.Device);
        Assert.Contains("weights", Assert.Throws<InvalidOperationException>(() => local.Mapped.Length).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Device.CreateBuffer("empty", 0, GpuMemory.Device));
    }

    [SkippableFact]
    public void Neighbours_do_not_overlap_and_large_buffers_fit_too()
    {
        ulong[] sizes = [1, 3, 100, 65_536, 40 << 20, 5, 20 << 20, 33 << 20];
        GpuBuffer[] buffers = [.. sizes.Select((size, index) => Device.CreateBuffer($"buffer {index}", size, GpuMemory.Upload))];
        buffers[3].Dispose();
        buffers[3] = Device.CreateBuffer("again", sizes[3], GpuMemory.Upload);
        for (int index = 0; index < buffers.Length; index++)
            buffers[index].Mapped.Fill((byte)(index + 1));
        for (int index = 0; index < buffers.Length; index++)
            Assert.Equal(-1, buffers[index].Mapped.IndexOfAnyExcept((byte)(index + 1)));
    }

    [SkippableFact]
    public void Copies_beyond_the_end_are_refused()
    {
        GpuBuffer small = Device.CreateBuffer("small", 16, GpuMemory.Device);
        GpuBuffer large = Device.CreateBuffer("large", 64, GpuMemory.Device);
        GpuCommands commands = Device.CreateCommands(Compute);
        commands.Begin();
        Assert.Contains("small", Assert.Throws<ArgumentException>(() => commands.Copy(large, small, 0, 0, 17)).Message);
        Assert.Throws<ArgumentException>(() => commands.Copy(large, small, 60, 0, 8));
        Assert.Throws<ArgumentException>(() => commands.Copy(large, small, 0, ulong.MaxValue, 8));
        commands.End();
    }

    [SkippableFact]
    public void A_full_device_tells_what_was_asked_of_it_and_still_works_for_less()
    {
        Device.Faults.FailAllocation = 2;
        Device.CreateBuffer("first", 1000, GpuMemory.Device);
        GpuOutOfMemoryException error = Assert.Throws<GpuOutOfMemoryException>(() => Device.CreateBuffer("second", 3 << 20, GpuMemory.Device));
        Assert.Contains("second needs 3.0 MiB", error.Message);
        Assert.True(error.HeapBytes > error.RequestedBytes);
        Device.CreateBuffer("third", 1 << 20, GpuMemory.Device);
    }
}
