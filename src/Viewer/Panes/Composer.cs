using System.Runtime.InteropServices;
using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Shaders;
using Realtime.Viewer.Live;

namespace Realtime.Viewer.Panes;

/// <summary>
/// Makes the window's picture on a Vulkan device: pictures and overlay in, pixels of the window out, in a buffer that the swapchain or a
/// screenshot copies from. Used from one thread.
/// </summary>
internal sealed class Composer : IDisposable
{
    private const int FirstRow = 11 + (PaneArranger.Most * 5);
    private const int ViewNumbers = FirstRow + 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly GpuDevice device;
    private readonly GpuPipeline pipeline;
    private readonly GpuBuffer pictures;        // [3, H, W] RGBA: raw, attacked, purified
    private readonly int[] view = new int[ViewNumbers];
    private readonly int sourceWidth;
    private readonly int sourceHeight;
    private readonly GpuCommands commands;
    private ChangedBands changed = new(0, 0);
    private bool hasNewPictures;
    private GpuPipeline? unpack;        // both where pictures come from the purifier's device
    private GpuCommands? unpacking;
    private GpuBuffer? overlay;
    private GpuBuffer? output;
    private GpuBuffer? readback;
    private GpuCommands? download;
    private ulong submitted;

    /// <summary>Prepares for pictures of one size.</summary>
    public Composer(GpuDevice device, int sourceWidth, int sourceHeight)
    {
        this.device = device;
        this.sourceWidth = sourceWidth;
        this.sourceHeight = sourceHeight;
        pipeline = device.CreatePipeline("compose", ShaderLibrary.Load("compose"), 3, ViewNumbers * sizeof(int), []);
        pictures = device.CreateBuffer("pictures", 12UL * (ulong)sourceWidth * (ulong)sourceHeight, GpuMemory.Upload);
        commands = device.CreateCommands(Queue);
    }

    /// <summary>Window pixels.</summary>
    public int Width { get; private set; }

    /// <summary>Window pixels.</summary>
    public int Height { get; private set; }

    /// <summary>Whether blue comes first in the output, as most swapchains want it.</summary>
    public bool IsBgra { get; set; }

    /// <summary>[Height, Width] 32-bit pixels; valid once the submission of <see cref="Compose"/> is complete.</summary>
    public GpuBuffer Output => output ?? throw new InvalidOperationException("the composer has no size yet");

    /// <summary>The queue that composes: the window's own where there is one, so that it does not wait behind a purifier on the same device.</summary>
    public GpuQueue Queue => device.Display;

    /// <summary>Makes room for another window size; both at least 1.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="lastRead">Who still reads the output.</param>
    public void Resize(int width, int height, GpuWait lastRead = default)
    {
        if (width == Width && height == Height)
            return;
        Wait();
        lastRead.Queue?.Wait(lastRead.Value, Patience, CancellationToken.None);
        foreach (IDisposable? old in (IDisposable?[])[overlay, output, readback, download])
        {
            if (old is not null)
                device.Retire(old);
        }

        (Width, Height, readback, download) = (width, height, null, null);
        ulong bytes = (ulong)width * (ulong)height * 4;
        overlay = device.CreateBuffer("overlay", bytes, GpuMemory.Upload);
        overlay.Mapped.Clear();
        changed = new ChangedBands(width, height);
        output = device.CreateBuffer("window", bytes, GpuMemory.Device);
    }

    /// <summary>Puts a frame's pictures in place; waits until the last composition no longer reads them.</summary>
    /// <returns>Whether the purified picture came from this device and not through the host.</returns>
    public bool Load(ShownFrame frame)
    {
        Wait();
        Span<uint> target = MemoryMarshal.Cast<byte, uint>(pictures.Mapped);
        hasNewPictures = true;
        int pixels = sourceWidth * sourceHeight;
        Spread(frame.Raw, target);
        Spread(frame.Attacked, target[pixels..]);
        if (frame.OnDevice is { } picture && ReferenceEquals(picture.Device, device))
        {
            Unpack(picture, (uint)pixels);
            return true;
        }

        Spread(frame.Purified, target[(2 * pixels)..]);
        return false;
    }

    /// <summary>Puts rows of the overlay in place: [Height, Width] premultiplied RGBA. Rows that are as before are left alone.</summary>
    public void LoadOverlay(ReadOnlySpan<uint> pixels, int firstRow, int rows)
    {
        Wait();
        Span<uint> target = MemoryMarshal.Cast<byte, uint>(overlay!.Mapped);
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            ReadOnlySpan<uint> fresh = pixels.Slice(row * Width, Width);
            if (changed.HasOverlay(row, fresh))
                fresh.CopyTo(target[(row * Width)..]);
        }
    }

    /// <summary>Starts making the window's picture, as far as it differs from the last one.</summary>
    /// <param name="panes">What lies where.</param>
    /// <param name="state">Zoom, wipe and difference.</param>
    /// <param name="lastRead">Who still reads the output.</param>
    /// <returns>The submission on <see cref="Queue"/>; the last one where nothing has changed.</returns>
    public ulong Compose(ReadOnlySpan<Pane> panes, ViewState state, GpuWait lastRead = default)
    {
        Wait();
        (view[0], view[1], view[2], view[3]) = (Width, Height, sourceWidth, sourceHeight);
        (view[4], view[5]) = (panes.Length, IsBgra ? 1 : 0);
        Span<float> reals = MemoryMarshal.Cast<int, float>(view.AsSpan());
        (reals[6], reals[7], reals[8]) = (state.Zoom, state.CentreX, state.CentreY);
        (reals[9], reals[10]) = (state.DifferenceGain, state.WipeAt);
        for (int i = 0; i < panes.Length; i++)
        {
            Pane pane = panes[i];
            Span<int> at = view.AsSpan(11 + (5 * i), 5);
            (at[0], at[1], at[2], at[3], at[4]) = ((int)pane.Picture, pane.X, pane.Y, pane.Width, pane.Height);
        }

        changed.See(view.AsSpan(0, FirstRow));
        foreach (Pane pane in hasNewPictures ? panes : [])
            changed.SeePicture(pane, sourceWidth, sourceHeight, state);
        hasNewPictures = false;
        if (changed.IsEmpty)
            return submitted;

        // Recorded for every picture: what changes with the mouse are constants, which devices read faster than memory.
        commands.Begin();
        commands.Barrier(GpuStage.Transfer | GpuStage.Host, GpuStage.Compute);
        commands.BeginLabel("compose");
        commands.Bind(pipeline, Whole(pictures), Whole(overlay!), Whole(Output));
        for (int band = 0; changed.NextRun(band, out int top, out int bottom); band = bottom)
        {
            view[FirstRow] = top * ChangedBands.Rows;
            commands.Push(MemoryMarshal.AsBytes(view.AsSpan()));
            commands.Dispatch(Parts.Covering((uint)Width, ChangedBands.Rows), (uint)(bottom - top), 1);
        }

        changed.Made();
        commands.EndLabel();
        commands.Barrier(GpuStage.Compute, GpuStage.Transfer);
        commands.End();
        return submitted = lastRead.Queue is null ? Queue.Submit(commands) : Queue.Submit(commands, [lastRead]);
    }

    /// <summary>Waits for the last composition.</summary>
    public void Wait() => Queue.Wait(submitted, Patience, CancellationToken.None);

    /// <summary>Copies the window's picture out, for screenshots and recordings.</summary>
    /// <param name="rgb">[Height, Width, 3].</param>
    public void Read(Span<byte> rgb)
    {
        if (download is null)
        {
            readback = device.CreateBuffer("screenshot", Output.Size, GpuMemory.Readback);
            download = device.CreateCommands(Queue);
            download.Begin();
            download.Copy(Output, readback, 0, 0, Output.Size);
            download.Barrier(GpuStage.Transfer, GpuStage.Host);
            download.End();
        }

        Queue.Wait(Queue.Submit(download), Patience, CancellationToken.None);
        ReadOnlySpan<byte> pixels = readback!.Mapped;
        (int red, int blue) = IsBgra ? (2, 0) : (0, 2);
        for (int i = 0; i < Width * Height; i++)
        {
            rgb[3 * i] = pixels[(4 * i) + red];
            rgb[(3 * i) + 1] = pixels[(4 * i) + 1];
            rgb[(3 * i) + 2] = pixels[(4 * i) + blue];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Wait();
        }
        catch (GpuDeviceLostException)
        {
            // Then nothing is in use any more.
        }

        foreach (IDisposable? mine in (IDisposable?[])[commands, unpacking, download, overlay, output, readback, pictures, pipeline, unpack])
            mine?.Dispose();
    }

    private void Unpack(SharedPicture picture, uint pixels)
    {
        const uint MostGroups = 65535, PixelsOfGroup = 4 * 64;
        uint groups = (pixels + PixelsOfGroup - 1) / PixelsOfGroup;
        unpack ??= device.CreatePipeline("unpack", ShaderLibrary.Load("unpack"), 2, 2 * sizeof(uint), []);
        unpacking ??= device.CreateCommands(Queue);
        unpacking.Begin();
        unpacking.Barrier(GpuStage.Transfer | GpuStage.Compute, GpuStage.Compute);
        unpacking.Bind(unpack, Whole(picture.Pixels), Whole(pictures));
        unpacking.Push(MemoryMarshal.AsBytes<uint>([pixels, 2 * pixels]));
        unpacking.Dispatch(Math.Min(groups, MostGroups), (groups + MostGroups - 1) / MostGroups);
        unpacking.Barrier(GpuStage.Compute, GpuStage.Compute | GpuStage.Host);
        unpacking.End();
        submitted = Queue.Submit(unpacking, [picture.Ready]);
        picture.LastRead = new GpuWait(Queue, submitted);
    }

    // Packed red, green, blue -> one number a pixel.
    private static void Spread(ReadOnlySpan<byte> rgb, Span<uint> pixels)
    {
        for (int i = 0, at = 0; at < rgb.Length; i++, at += 3)
            pixels[i] = rgb[at] | (uint)rgb[at + 1] << 8 | (uint)rgb[at + 2] << 16;
    }

    private static GpuBufferRange Whole(GpuBuffer buffer) => new(buffer, 0, buffer.Size);
}
