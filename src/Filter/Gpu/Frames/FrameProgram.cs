using Realtime.Filter.Gpu.Maep;
using Realtime.Filter.Gpu.Passes;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Gpu.Frames;

/// <summary>
/// Everything that purifies frames of one size on one device, recorded once: two lanes, so that one frame can be copied in or out while
/// another is worked on. The lanes share all memory but the frames themselves.
/// </summary>
internal sealed class FrameProgram : IDisposable
{
    /// <summary>Frames in flight.</summary>
    public const int Lanes = 2;

    private readonly GpuDevice device;
    private readonly FramePasses passes;
    private readonly List<GpuBuffer> buffers = [];
    private readonly FrameLane[] lanes = new FrameLane[Lanes];
    private GpuBuffer? heap;

    /// <summary>Lays out memory and records the commands.</summary>
    /// <param name="device">Borrowed.</param>
    /// <param name="program">The purifier on that device; borrowed.</param>
    /// <param name="grid">The tiles of a frame.</param>
    /// <param name="colour">What frames look like.</param>
    /// <param name="tilesOfRun">The most tiles that go through the purifier at once; bounds the memory.</param>
    /// <param name="withTimestamps">Times every pass.</param>
    public FrameProgram(GpuDevice device, MaepProgram program, TileGrid grid, FrameColour colour, int tilesOfRun, bool withTimestamps = false)
    {
        this.device = device;
        Grid = grid;
        InputBytes = colour.ByteCount(grid.Width, grid.Height);
        passes = new FramePasses(device, program, grid, colour);
        try
        {
            GpuBuffer tiles = Create("tiles", passes.TileBytes, GpuMemory.Device);
            GpuBuffer purified = Create("purified tiles", passes.TileBytes, GpuMemory.Device);
            for (int i = 0; i < Lanes; i++)
                lanes[i] = CreateLane(program, tiles, purified, tilesOfRun, i, withTimestamps);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The tiles of a frame.</summary>
    public TileGrid Grid { get; }

    /// <summary>Bytes of a decoded frame.</summary>
    public int InputBytes { get; }

    /// <summary>The passes of the first lane; those of the others differ in the frame's buffers only.</summary>
    public PassGraph Graph => lanes[0].Graph;

    /// <summary>Copies a frame in and starts the work on it. The lane must be free.</summary>
    /// <param name="lane">0 or 1.</param>
    /// <param name="frame">As <see cref="FrameColour.ByteCount"/> says.</param>
    /// <returns>For <see cref="Collect"/>.</returns>
    public ulong Submit(int lane, ReadOnlySpan<byte> frame)
    {
        FrameLane l = lanes[lane];
        frame[..InputBytes].CopyTo(l.Staging.Mapped);
        ulong uploaded = device.Transfer.Submit(l.Upload);
        ulong purified = device.Compute.Submit(l.Compute, [new GpuWait(device.Transfer, uploaded)]);
        return device.Transfer.Submit(l.Download, [new GpuWait(device.Compute, purified)]);
    }

    /// <summary>Waits for a frame and copies it out.</summary>
    /// <param name="lane">Where it was submitted.</param>
    /// <param name="submission">What <see cref="Submit"/> returned.</param>
    /// <param name="frame">[H, W, 3].</param>
    /// <param name="timeout">When the device counts as lost.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What the device found; <paramref name="frame"/> is not written where it is broken.</returns>
    public FrameFlags Collect(int lane, ulong submission, Span<byte> frame, TimeSpan timeout, CancellationToken cancellation)
    {
        FrameLane l = lanes[lane];
        device.Transfer.Wait(submission, timeout, cancellation);
        ReadOnlySpan<byte> found = l.Readback.Mapped;
        FrameFlags flags = (FrameFlags)BitConverter.ToUInt32(found[(int)passes.OutputBytes..]);
        if (FrameHealth.Fault(flags) is null)
            found[..(Grid.Width * Grid.Height * 3)].CopyTo(frame);
        return flags;
    }

    /// <summary>The frame that was collected last from a lane, on the device, until the next one is submitted: [H, W, 3] bytes.</summary>
    public GpuBuffer Output(int lane) => lanes[lane].Output;

    /// <summary>Milliseconds of each pass of the last frame in <paramref name="lane"/>.</summary>
    public double[] PassMilliseconds(int lane) =>
        [.. Enumerable.Range(0, Graph.Passes.Count).Select(i => lanes[lane].Compute.TimestampMilliseconds(i, i + 1))];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FrameLane? lane in lanes)
            lane?.Retire(device);
        foreach (GpuBuffer buffer in buffers)
            device.Retire(buffer);
        buffers.Clear();
        passes.Dispose();
    }

    private FrameLane CreateLane(MaepProgram program, GpuBuffer tiles, GpuBuffer purified, int tilesOfRun, int lane, bool withTimestamps)
    {
        GpuBuffer staging = Create("frame upload", passes.InputBytes, GpuMemory.Upload);
        GpuBuffer input = Create("frame", passes.InputBytes, GpuMemory.Device);
        GpuBuffer output = Create("purified frame", passes.OutputBytes, GpuMemory.Device);
        GpuBuffer flags = Create("flags", sizeof(uint), GpuMemory.Device);
        GpuBuffer readback = Create("frame download", passes.OutputBytes + sizeof(uint), GpuMemory.Readback);
        PassGraph graph = BuildGraph(program, input, tiles, purified, flags, output, tilesOfRun);

        GpuCommands upload = device.CreateCommands(device.Transfer);
        upload.Begin();
        upload.Copy(staging, input, 0, 0, passes.InputBytes);
        upload.End();

        GpuCommands compute = device.CreateCommands(device.Compute, withTimestamps ? graph.Passes.Count + 1 : 0);
        compute.Begin();
        compute.Barrier(GpuStage.Compute | GpuStage.Transfer, GpuStage.Compute | GpuStage.Transfer);    // the other lane's frame shares the tiles and the heap
        graph.Record(compute, withTimestamps);
        compute.End();

        GpuCommands download = device.CreateCommands(device.Transfer);
        download.Begin();
        download.Copy(output, readback, 0, 0, passes.OutputBytes);
        download.Copy(flags, readback, 0, passes.OutputBytes, sizeof(uint));
        download.Barrier(GpuStage.Transfer, GpuStage.Host);
        download.End();
        return new FrameLane(graph, staging, output, readback, upload, compute, download);
    }

    private PassGraph BuildGraph(MaepProgram program, GpuBuffer frame, GpuBuffer tiles, GpuBuffer purified, GpuBuffer flags, GpuBuffer output, int tilesOfRun)
    {
        PassGraph graph = new($"purify {Grid.Width}x{Grid.Height} in {Grid.Count} tiles");
        PassResource allTiles = graph.Import(tiles);
        PassResource allPurified = graph.Import(purified);
        PassResource found = graph.Import(flags);
        graph.Add(new GpuPass("clear flags", null, [PassUse.Write(found)]));
        passes.AddGather(graph, graph.Import(frame), allTiles);
        for (int first = 0; first < Grid.Count; first += tilesOfRun)
            program.AddPasses(graph, allTiles, allPurified, (uint)first, (uint)Math.Min(tilesOfRun, Grid.Count - first));
        passes.AddBlend(graph, allTiles, allPurified, found, graph.Import(output));
        graph.Compile(bytes => heap ??= Create("heap", bytes, GpuMemory.Device));   // both lanes need as much
        return graph;
    }

    private GpuBuffer Create(string name, ulong bytes, GpuMemory memory)
    {
        GpuBuffer buffer = device.CreateBuffer(name, bytes, memory);
        buffers.Add(buffer);
        return buffer;
    }
}
