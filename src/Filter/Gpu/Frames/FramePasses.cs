using System.Runtime.InteropServices;
using Realtime.Filter.Gpu.Maep;
using Realtime.Filter.Gpu.Passes;
using Realtime.Filter.Gpu.Shaders;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Gpu.Frames;

/// <summary>The kernels around the purifier, for frames of one size: colour, gather, health, blend.</summary>
internal sealed class FramePasses : IDisposable
{
    private const uint Threads = 64;
    private const uint MostGroups = 65535;      // along one direction, on every device

    private readonly GpuDevice device;
    private readonly TileGrid grid;
    private readonly FrameColour colour;
    private readonly uint cellBytes;
    private readonly GpuPipeline convert;
    private readonly GpuPipeline gather;
    private readonly GpuPipeline health;
    private readonly GpuPipeline blend;
    private readonly GpuBuffer weights;

    public FramePasses(GpuDevice device, MaepProgram program, TileGrid grid, FrameColour colour)
    {
        this.device = device;
        this.grid = grid;
        this.colour = colour;
        cellBytes = program.CellBytes;
        uint[] size = [(uint)grid.TileSize];
        convert = device.CreatePipeline("colour", ShaderLibrary.Load("colour"), 2, 5 * sizeof(uint), [(uint)colour.Pixels]);
        gather = program.Kernel("gather", 2, 4 * sizeof(uint), size);
        health = program.Kernel("health", 3, 0, size);
        blend = program.Kernel("blend", 3, 5 * sizeof(uint), size);
        weights = CreateWeights();
    }

    /// <summary>Bytes of a decoded frame in a buffer: whole words.</summary>
    public ulong InputBytes => Words((ulong)colour.ByteCount(grid.Width, grid.Height));

    /// <summary>Bytes of a purified frame in a buffer: the blend writes four pixels at a time.</summary>
    public ulong OutputBytes => ((((ulong)grid.Width * (ulong)grid.Height) + 3) / 4) * 12;

    /// <summary>Bytes of all tiles.</summary>
    public ulong TileBytes => (ulong)grid.Count * (ulong)(grid.TileSize * grid.TileSize) * cellBytes;

    /// <summary>Decoded bytes -> tiles.</summary>
    public void AddGather(PassGraph graph, PassResource frame, PassResource tiles)
    {
        uint pixels = (uint)(grid.Width * grid.Height);
        PassResource rgb = graph.Transient("pixels", 4UL * pixels);
        graph.Add(new GpuPass("colour", convert, [PassUse.Read(frame), PassUse.Write(rgb)])
        {
            Constants = GpuPass.Pack((uint)grid.Width, (uint)grid.Height, BitConverter.SingleToUInt32Bits(colour.Kr), BitConverter.SingleToUInt32Bits(colour.Kb), colour.IsLimited ? 1u : 0u),
            Groups = Spread(pixels),
            Bytes = (double)InputBytes + (4.0 * pixels),
        });
        graph.Add(new GpuPass("gather", gather, [PassUse.Read(rgb), PassUse.Write(tiles)])
        {
            Constants = GpuPass.Pack((uint)grid.Width, (uint)grid.Height, (uint)grid.Columns, (uint)grid.Stride),
            Groups = ((uint)(grid.TileSize * grid.TileSize) / Threads, (uint)grid.Count, 1),
            Bytes = (4.0 * pixels) + TileBytes,
        });
    }

    /// <summary>Purified tiles -> packed RGB, and flags that tell a broken frame.</summary>
    public void AddBlend(PassGraph graph, PassResource tiles, PassResource purified, PassResource flags, PassResource output)
    {
        graph.Add(new GpuPass("health", health, [PassUse.Read(tiles), PassUse.Read(purified), PassUse.Change(flags)])
        {
            Groups = ((uint)grid.Count, 1, 1),
            Bytes = 2.0 * TileBytes,
        });
        uint words = (uint)((grid.Width * grid.Height) + 3) / 4;
        graph.Add(new GpuPass("blend", blend, [PassUse.Read(purified), PassUse.Read(graph.Import(weights)), PassUse.Write(output)])
        {
            Constants = GpuPass.Pack((uint)grid.Width, (uint)grid.Height, (uint)grid.Columns, (uint)grid.Rows, (uint)grid.Stride),
            Groups = Spread(words),
            Bytes = TileBytes + (double)OutputBytes,
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        device.Retire(convert);
        device.Retire(weights);
    }

    private static ulong Words(ulong bytes) => (bytes + 3) / 4 * 4;

    // Two directions where one is too short; the kernels put them together again.
    private static (uint X, uint Y, uint Z) Spread(uint count)
    {
        uint groups = Parts.Covering(count, Threads);
        return groups <= MostGroups ? (groups, 1, 1) : (MostGroups, Parts.Covering(groups, MostGroups), 1u);
    }

    // Small and written once: it stays in memory that the host can write.
    private GpuBuffer CreateWeights()
    {
        GpuBuffer buffer = device.CreateBuffer("tile weights", (ulong)((grid.Columns + grid.Rows) * grid.TileSize * sizeof(float)), GpuMemory.Upload);
        Span<float> values = MemoryMarshal.Cast<byte, float>(buffer.Mapped);
        for (int column = 0; column < grid.Columns; column++)
            grid.ColumnWeights(column).CopyTo(values[(column * grid.TileSize)..]);
        for (int row = 0; row < grid.Rows; row++)
            grid.RowWeights(row).CopyTo(values[((grid.Columns + row) * grid.TileSize)..]);
        return buffer;
    }
}
