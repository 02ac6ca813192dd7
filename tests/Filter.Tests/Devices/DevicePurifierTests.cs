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

        Assert.Throws<FileNotFoundException>(() => new DevicePurifier("none", 32, thread, ownsThread: true, () => throw new FileNotFoundException()));

        Assert.Throws<ObjectDisposedException>(() => thread.Run(() => { }));
    }

    [Fact]
    public void A_run_that_fails_is_a_purification_failure_and_the_next_one_works()
    {
        using DeviceThread thread = new("test");
        using DevicePurifier purifier = new("flaky", 1, thread, ownsThread: false, () => new FlakyBatch());
        float[] tile = [1, 2, 3], purified = new float[3];

        Assert.Throws<PurificationException>(() => purifier.Purify(tile, purified, 1));
        purifier.Purify(tile, purified, 1);

        Assert.Equal(tile, purified);
    }

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
        return new DevicePurifier("invert", 32, borrowed ?? new DeviceThread("test"), ownsThread: borrowed is null, () =>
        {
            InferenceSession session = OnnxSessions.Open(path);
            return deviceMemory
                ? new DeviceMemoryBatch(session, 8, 32, OrtMemoryInfo.DefaultInstance, OrtMemoryInfo.DefaultInstance, Copy)
                : new HostBatch(session, 8, 32);
        });
    }

    private static void Copy(OrtValue[] from, OrtValue[] to) => from[0].GetTensorDataAsSpan<float>().CopyTo(to[0].GetTensorMutableDataAsSpan<float>());

    private sealed class FlakyBatch : IDeviceBatch
    {
        private readonly float[] values = new float[3];
        private int runs;

        public int Count => 1;

        public Span<float> Tiles => values;

        public ReadOnlySpan<float> Purified => values;

        public void Run()
        {
            if (runs++ == 0)
                using (InferenceSession session = new([1, 2, 3]))   // throws an OnnxRuntimeException
                    Assert.Fail();
        }

        public void Dispose()
        {
        }
    }
}
