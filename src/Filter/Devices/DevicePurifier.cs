using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Devices;

/// <summary>
/// A purifier on a device of ONNX Runtime. Tiles go through in batches of one fixed size, all on one thread; the last batch is filled up with
/// what was there before. It owns the batch, and the thread where told so.
/// </summary>
internal sealed class DevicePurifier : ITilePurifier
{
    private readonly DeviceThread thread;
    private readonly bool ownsThread;
    private readonly int tileLength;
    private readonly Action run;
    private IDeviceBatch? batch;
    private Memory<float> tiles;
    private Memory<float> purified;
    private int count;

    /// <summary>Opens the batch on the thread; where that fails the thread is ended and the failure thrown.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="tileSize">Edge length S of a tile in pixels.</param>
    /// <param name="thread">Where everything happens.</param>
    /// <param name="ownsThread">Whether the thread ends with this purifier.</param>
    /// <param name="open">Loads the model.</param>
    public DevicePurifier(string name, int tileSize, DeviceThread thread, bool ownsThread, Func<IDeviceBatch> open)
    {
        this.thread = thread;
        this.ownsThread = ownsThread;
        Name = name;
        TileSize = tileSize;
        tileLength = 3 * tileSize * tileSize;
        run = RunBatches;
        try
        {
            thread.Run(() => batch = open());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int TileSize { get; }

    /// <inheritdoc/>
    public string Work => string.Create(CultureInfo.InvariantCulture, $"batches of {batch?.Count}");

    /// <inheritdoc/>
    /// <exception cref="PurificationException">ONNX Runtime or the device failed.</exception>
    public void Purify(Memory<float> tiles, Memory<float> purified, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tiles.Length, count * tileLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(purified.Length, count * tileLength);
        ObjectDisposedException.ThrowIf(batch is null, this);
        (this.tiles, this.purified, this.count) = (tiles, purified, count);
        try
        {
            thread.Run(run);
        }
        catch (OnnxRuntimeException error)
        {
            throw new PurificationException($"ONNX Runtime failed: {OnnxSessions.FirstLine(error)}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (batch is not null)
            thread.Run(batch.Dispose);
        batch = null;
        if (ownsThread)
            thread.Dispose();
    }

    private void RunBatches()
    {
        for (int first = 0; first < count; first += batch!.Count)
        {
            int length = Math.Min(batch!.Count, count - first) * tileLength;
            tiles.Span.Slice(first * tileLength, length).CopyTo(batch.Tiles);
            batch.Run();
            batch.Purified[..length].CopyTo(purified.Span[(first * tileLength)..]);
        }
    }
}
