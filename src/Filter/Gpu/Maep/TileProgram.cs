using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Realtime.Filter.Gpu.Passes;

namespace Realtime.Filter.Gpu.Maep;

/// <summary>Purifies loose tiles from host memory, so many at a time: what a device's trial, tests and other callers of tiles use. Frames take <see cref="Frames.FrameProgram"/>.</summary>
internal sealed class TileProgram : IDisposable
{
    private readonly GpuDevice device;
    private readonly MaepProgram program;
    private readonly GpuBuffer staging;
    private readonly GpuBuffer tiles;
    private readonly GpuBuffer purified;
    private readonly GpuBuffer readback;
    private readonly GpuCommands commands;
    private readonly float[] cells;
    private GpuBuffer? heap;

    /// <summary>Records the commands.</summary>
    /// <param name="device">Borrowed.</param>
    /// <param name="program">Borrowed.</param>
    /// <param name="batch">Tiles at a time.</param>
    public TileProgram(GpuDevice device, MaepProgram program, int batch)
    {
        this.device = device;
        this.program = program;
        Batch = batch;
        int numbers = batch * program.Architecture.Pixels * 4;
        ulong bytes = (ulong)numbers / 4 * program.CellBytes;
        cells = new float[numbers];
        staging = device.CreateBuffer("tile upload", bytes, GpuMemory.Upload);
        tiles = device.CreateBuffer("tiles", bytes, GpuMemory.Device);
        purified = device.CreateBuffer("purified tiles", bytes, GpuMemory.Device);
        readback = device.CreateBuffer("tile download", bytes, GpuMemory.Readback);
        Graph = new PassGraph($"purify {batch} tiles");
        PassResource input = Graph.Import(tiles);
        PassResource output = Graph.Import(purified);
        Graph.Add(new GpuPass("upload", null, [PassUse.Read(Graph.Import(staging)), PassUse.Write(input)]));
        program.AddPasses(Graph, input, output, 0, (uint)batch);
        Graph.Add(new GpuPass("download", null, [PassUse.Read(output), PassUse.Write(Graph.Import(readback))]));
        Graph.Compile(size => heap = device.CreateBuffer("heap", size, GpuMemory.Device));
        commands = device.CreateCommands(device.Compute);
        commands.Begin();
        Graph.Record(commands);
        commands.Barrier(GpuStage.Transfer, GpuStage.Host);
        commands.End();
    }

    /// <summary>Tiles at a time.</summary>
    public int Batch { get; }

    /// <summary>The passes.</summary>
    public PassGraph Graph { get; }

    /// <summary>Purifies at most <see cref="Batch"/> tiles.</summary>
    /// <param name="input">[count, 3, S, S].</param>
    /// <param name="output">[count, 3, S, S], clamped to [0, 1] but for values that are not finite.</param>
    /// <param name="timeout">When the device counts as lost.</param>
    public void Run(ReadOnlySpan<float> input, Span<float> output, TimeSpan timeout)
    {
        int pixels = program.Architecture.Pixels;
        Pack(input, pixels);
        if (program.IsHalf)
            TensorPrimitives.ConvertToHalf(cells, MemoryMarshal.Cast<byte, Half>(staging.Mapped)[..cells.Length]);
        else
            cells.CopyTo(MemoryMarshal.Cast<byte, float>(staging.Mapped));
        device.Compute.Wait(device.Compute.Submit(commands), timeout, CancellationToken.None);
        if (program.IsHalf)
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(readback.Mapped)[..cells.Length], cells);
        else
            MemoryMarshal.Cast<byte, float>(readback.Mapped)[..cells.Length].CopyTo(cells);
        Unpack(output, pixels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        device.Retire(commands);
        foreach (GpuBuffer? buffer in (GpuBuffer?[])[staging, tiles, purified, readback, heap])
        {
            if (buffer is not null)
                device.Retire(buffer);
        }
    }

    // Planes to pixels.
    private void Pack(ReadOnlySpan<float> planes, int pixels)
    {
        for (int tile = 0; tile < planes.Length / (3 * pixels); tile++)
            for (int channel = 0; channel < 3; channel++)
                for (int at = 0; at < pixels; at++)
                    cells[(((tile * pixels) + at) * 4) + channel] = planes[(((tile * 3) + channel) * pixels) + at];
    }

    private void Unpack(Span<float> planes, int pixels)
    {
        for (int tile = 0; tile < planes.Length / (3 * pixels); tile++)
        {
            for (int channel = 0; channel < 3; channel++)
            {
                for (int at = 0; at < pixels; at++)
                {
                    float value = cells[(((tile * pixels) + at) * 4) + channel];
                    planes[(((tile * 3) + channel) * pixels) + at] = float.IsFinite(value) ? Math.Clamp(value, 0, 1) : value;
                }
            }
        }
    }
}
