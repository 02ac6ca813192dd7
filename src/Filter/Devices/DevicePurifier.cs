using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Devices;

/// <summary>
/// A purifier on a device of ONNX Runtime. Tiles go through in batches of one fixed size, all on one thread; the last batch is filled up with
/// what was there before. A run that fails, for want of memory or of the device, is repeated with the model loaded anew and half the batch, a
/// few times. It owns the batch, and the thread where told so.
/// </summary>
internal sealed class DevicePurifier : ITilePurifier
{
    private const int SmallestShare = 8;   // of the first batch size

    private readonly Func<int, IDeviceBatch> open;
    private readonly int smallest;
    private readonly DeviceThread thread;
    private readonly bool ownsThread;
    private readonly int tileLength;
    private readonly Action run;
    private IDeviceBatch? batch;
    private Memory<float> tiles;
    private Memory<float> purified;
    private int count;
    private int batchSize;
    private bool isDisposed;

    /// <summary>Opens the batch on the thread; where that fails the thread is ended and the failure thrown.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="tileSize">Edge length S of a tile in pixels.</param>
    /// <param name="thread">Where everything happens.</param>
    /// <param name="ownsThread">Whether the thread ends with this purifier.</param>
    /// <param name="batchSize">Tiles in a batch, at least 1.</param>
    /// <param name="open">Loads the model for batches of so many tiles.</param>
    public DevicePurifier(string name, int tileSize, DeviceThread thread, bool ownsThread, int batchSize, Func<int, IDeviceBatch> open)
    {
        this.open = open;
        this.batchSize = batchSize;
        smallest = Math.Max(1, batchSize / SmallestShare);
        this.thread = thread;
        this.ownsThread = ownsThread;
        Name = name;
        TileSize = tileSize;
        tileLength = 3 * tileSize * tileSize;
        run = RunOrRetry;
        try
        {
            thread.Run(() => batch = open(batchSize));
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
    public string? Randomness { get; init; }

    /// <inheritdoc/>
    public string Work => string.Create(CultureInfo.InvariantCulture, $"batches of {batchSize}");

    /// <inheritdoc/>
    /// <exception cref="PurificationException">ONNX Runtime or the device failed.</exception>
    public void Purify(Memory<float> tiles, Memory<float> purified, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tiles.Length, count * tileLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(purified.Length, count * tileLength);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        (this.tiles, this.purified, this.count) = (tiles, purified, count);
        try
        {
            thread.Run(run);
        }
        catch (OnnxRuntimeException error)
        {
            throw new PurificationException($"ONNX Runtime failed: {OnnxSessions.FirstLine(error)}", error);
        }
        catch (InvalidOperationException error)
        {
            throw new PurificationException($"the device came back without its provider: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        thread.Run(Close);
        if (ownsThread)
            thread.Dispose();
    }

    private void RunOrRetry()
    {
        while (true)
        {
            try
            {
                RunBatches();
                return;
            }
            catch (OnnxRuntimeException)
            {
                Close();
                if (batchSize <= smallest)
                    throw;   // this frame is lost; the next one loads the model again
                batchSize /= 2;
            }
        }
    }

    private void RunBatches()
    {
        IDeviceBatch opened = batch ??= open(batchSize);
        for (int first = 0; first < count; first += opened.Count)
        {
            int length = Math.Min(opened.Count, count - first) * tileLength;
            tiles.Span.Slice(first * tileLength, length).CopyTo(opened.Tiles);
            opened.Run();
            opened.Purified[..length].CopyTo(purified.Span[(first * tileLength)..]);
        }
    }

    private void Close()
    {
        try
        {
            batch?.Dispose();
        }
        catch (OnnxRuntimeException)
        {
            // What a lost device held is lost with it.
        }

        batch = null;
    }
}
