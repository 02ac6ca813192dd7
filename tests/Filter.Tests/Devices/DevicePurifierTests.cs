using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Devices;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tests.Purifiers;

namespace Realtime.Filter.Tests.Devices;

/// <summary>The device path without a device: the same classes over the CPU provider and its memory.</summary>
public sealed class DevicePurifierTests : IDisposable
{
    private const int TileLength = 3 * 32 * 32;

    private readonly TinyModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 8)]
    [InlineData(false, 21)]
    [InlineData(true, 1)]
    [InlineData(true, 8)]
    [InlineData(true, 21)]
    public void Every_tile_is_purified_and_no_other_value_written(bool deviceMemory, int count)
    {
        using DevicePurifier purifier = Open(deviceMemory);
        float[] tiles = [.. Enumerable.Range(0, count * TileLength).Select(i => i % 977 / 977f)];
        float[] purified = new float[tiles.Length + 5];

        for (int frame = 0; frame < 3; frame++)
            purifier.Purify(tiles, purified, count);

        Assert.Equal("batches of 8", purifier.Work);
        for (int i = 0; i < tiles.Length; i++)
            Assert.Equal(1 - tiles[i], purified[i], 1e-6f);
        Assert.All(purified[^5..], value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(false, 600)]
    [InlineData(true, 1200)]
    public void A_batch_costs_no_managed_memory_but_ONNX_Runtimes_own(bool deviceMemory, long allowed)
    {
        const int Runs = 200;
        using DeviceThread thread = new("test");
        using DevicePurifier purifier = Open(deviceMemory, thread);
        float[] tiles = new float[8 * TileLength], purified = new float[tiles.Length];
        purifier.Purify(tiles, purified, 8);

        long before = AllocatedBy(thread);
        for (int i = 0; i < Runs; i++)
            purifier.Purify(tiles, purified, 8);

        Assert.InRange((AllocatedBy(thread) - before) / Runs, 0, allowed);
    }

    [Fact]
    public void A_session_that_does_not_open_is_told_and_leaves_no_thread()
    {
        DeviceThread thread = new("test");

        Assert.Throws<FileNotFoundException>(() => new DevicePurifier("none", 32, thread, ownsThread: true, 8, _ => throw new FileNotFoundException()));

        Assert.Throws<ObjectDisposedException>(() => thread.Run(() => { }));
    }

    [Fact]
    public void A_run_that_fails_is_repeated_with_the_model_loaded_anew_and_half_the_batch()
    {
        List<int> opened = [];
        using DevicePurifier purifier = OpenFlaky(failures: 2, opened);
        float[] tiles = [1, 2, 3, 4, 5, 6], purified = new float[6];

        purifier.Purify(tiles, purified, 2);
        purifier.Purify(tiles, purified, 2);

        Assert.Equal(tiles, purified);
        Assert.Equal([8, 4, 2], opened);
        Assert.Equal("batches of 2", purifier.Work);
    }

    [Fact]
    public void A_device_that_keeps_failing_loses_the_frame_and_is_opened_again_for_the_next()
    {
        List<int> opened = [];
        using DevicePurifier purifier = OpenFlaky(failures: 5, opened);
        float[] tile = [1, 2, 3], purified = new float[3];

        Assert.Throws<PurificationException>(() => purifier.Purify(tile, purified, 1));
        Assert.Throws<PurificationException>(() => purifier.Purify(tile, purified, 1));
        purifier.Purify(tile, purified, 1);

        Assert.Equal(tile, purified);
        Assert.Equal([8, 4, 2, 1, 1, 1], opened);
    }

    private static DevicePurifier OpenFlaky(int failures, List<int> opened) => new("flaky", 1, new DeviceThread("test"), ownsThread: true, 8, size =>
    {
        opened.Add(size);
        return new FlakyBatch(size, opened.Count <= failures);
    });

    // By this thread and the device's: other tests allocate at the same time.
    private static long AllocatedBy(DeviceThread thread)
    {
        long device = 0;
        thread.Run(() => device = GC.GetAllocatedBytesForCurrentThread());
        return device + GC.GetAllocatedBytesForCurrentThread();
    }

    private DevicePurifier Open(bool deviceMemory, DeviceThread? borrowed = null)
    {
        string path = models.Invert();
        return new DevicePurifier("invert", 32, borrowed ?? new DeviceThread("test"), ownsThread: borrowed is null, 8, size =>
        {
            InferenceSession session = OnnxSessions.Open(path);
            return deviceMemory
                ? new DeviceMemoryBatch(session, size, 32, OrtMemoryInfo.DefaultInstance, OrtMemoryInfo.DefaultInstance, Copy)
                : new HostBatch(session, size, 32);
        });
    }

    private static void Copy(OrtValue[] from, OrtValue[] to) => from[0].GetTensorDataAsSpan<float>().CopyTo(to[0].GetTensorMutableDataAsSpan<float>());

    // Gives back what it gets, or fails every run.
    private sealed class FlakyBatch(int count, bool fails) : IDeviceBatch
    {
        private readonly float[] values = new float[3 * count];

        public int Count => count;

        public Span<float> Tiles => values;

        public ReadOnlySpan<float> Purified => values;

        public void Run()
        {
            if (fails)
                new InferenceSession([1, 2, 3]).Dispose();   // throws an OnnxRuntimeException
        }

        public void Dispose()
        {
        }
    }
}
