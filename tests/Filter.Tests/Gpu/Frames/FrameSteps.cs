using System.Runtime.InteropServices;
using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Frames;
using Realtime.Filter.Gpu.Passes;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Gpu.Frames;

/// <summary>The kernels around a purifier, one end at a time: a frame to tiles, tiles to a frame.</summary>
internal static class FrameSteps
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>[N, 3, S, S] of a decoded frame.</summary>
    public static float[] Gather(VulkanPurifier purifier, TileGrid grid, FrameColour colour, ReadOnlySpan<byte> frame)
    {
        GpuDevice device = purifier.Device;
        using FramePasses passes = new(device, purifier.Program, grid, colour);
        using GpuBuffer input = device.CreateBuffer("frame", passes.InputBytes, GpuMemory.Upload);
        using GpuBuffer tiles = device.CreateBuffer("tiles", passes.TileBytes, GpuMemory.Readback);
        frame[..colour.ByteCount(grid.Width, grid.Height)].CopyTo(input.Mapped);
        PassGraph graph = new("gather");
        passes.AddGather(graph, graph.Import(input), graph.Import(tiles));
        Run(device, graph);
        return Planes(grid, MemoryMarshal.Cast<byte, float>(tiles.Mapped));
    }

    /// <summary>[H, W, 3] of tiles [N, 3, S, S], and what is found in them.</summary>
    public static (byte[] Frame, FrameFlags Flags) Blend(VulkanPurifier purifier, TileGrid grid, float[] before, float[] after)
    {
        GpuDevice device = purifier.Device;
        using FramePasses passes = new(device, purifier.Program, grid, FrameColour.Rgb);
        using GpuBuffer tiles = Cells(device, grid, before);
        using GpuBuffer purified = Cells(device, grid, after);
        using GpuBuffer flags = device.CreateBuffer("flags", sizeof(uint), GpuMemory.Readback);
        using GpuBuffer output = device.CreateBuffer("frame", passes.OutputBytes, GpuMemory.Readback);
        PassGraph graph = new("blend");
        PassResource found = graph.Import(flags);
        graph.Add(new GpuPass("clear flags", null, [PassUse.Write(found)]));
        passes.AddBlend(graph, graph.Import(tiles), graph.Import(purified), found, graph.Import(output));
        Run(device, graph);
        return (output.Mapped[..(grid.Width * grid.Height * 3)].ToArray(), (FrameFlags)BitConverter.ToUInt32(flags.Mapped));
    }

    private static void Run(GpuDevice device, PassGraph graph)
    {
        GpuBuffer? heap = null;
        graph.Compile(bytes => heap = device.CreateBuffer("heap", bytes, GpuMemory.Device));
        using GpuCommands commands = device.CreateCommands(device.Compute);
        commands.Begin();
        graph.Record(commands);
        commands.Barrier(GpuStage.Compute, GpuStage.Host);
        commands.End();
        device.Compute.Wait(device.Compute.Submit(commands), Patience, CancellationToken.None);
        heap?.Dispose();
    }

    // Cells are (R, G, B, 0) a pixel, where tiles on the processor are planes.
    private static float[] Planes(TileGrid grid, ReadOnlySpan<float> cells)
    {
        int pixels = grid.TileSize * grid.TileSize;
        float[] planes = new float[grid.Count * grid.TileLength];
        for (int i = 0; i < planes.Length; i++)
            planes[i] = cells[(((i / grid.TileLength * pixels) + (i % pixels)) * 4) + (i % grid.TileLength / pixels)];
        return planes;
    }

    private static GpuBuffer Cells(GpuDevice device, TileGrid grid, float[] planes)
    {
        int pixels = grid.TileSize * grid.TileSize;
        GpuBuffer buffer = device.CreateBuffer("cells", (ulong)(grid.Count * pixels * 4 * sizeof(float)), GpuMemory.Upload);
        Span<float> cells = MemoryMarshal.Cast<byte, float>(buffer.Mapped);
        cells.Clear();
        for (int i = 0; i < planes.Length; i++)
            cells[(((i / grid.TileLength * pixels) + (i % pixels)) * 4) + (i % grid.TileLength / pixels)] = planes[i];
        return buffer;
    }
}
