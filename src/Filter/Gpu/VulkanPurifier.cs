using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu.Frames;
using Realtime.Filter.Gpu.Maep;
using Realtime.Filter.Gpu.Shaders;
using Realtime.Filter.Graph;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tiles;
using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>
/// A masked-autoencoder purifier on a Vulkan device. Frames stay on the device from the decoded bytes to the purified ones
/// (<see cref="CreateStages"/>); loose tiles can be purified too. A lost device is opened again and the work repeated once.
/// </summary>
public sealed class VulkanPurifier : IFramePurifier
{
    private const int TileBatch = 16;
    private const ulong RunBytes = 256UL << 20;     // memory between the layers, unless a device has less

    private static readonly TimeSpan WatchDog = TimeSpan.FromSeconds(30);

    private readonly GpuInstance instance;
    private readonly bool ownsInstance;
    private readonly int adapter;
    private readonly string path;
    private readonly OnnxModel model;
    private readonly bool half;
    private readonly Action<string>? log;
    private readonly ShaderWatcher? watcher;
    private TileProgram? tileProgram;

    private VulkanPurifier(GpuInstance instance, GpuDevice? shared, int adapter, string path, bool half, Action<string>? log)
    {
        this.instance = instance;
        ownsInstance = shared is null;
        this.adapter = adapter;
        this.path = path;
        this.half = half;
        this.log = log;
        model = OnnxReader.Read(path);
        Architecture = MaepArchitecture.Read(path, model);
        Name = Path.GetFileNameWithoutExtension(path);
        Adapter = instance.Adapters[adapter];
        watcher = ShaderWatcher.FromEnvironment(note => log?.Invoke(note));
        Device = shared is null ? instance.OpenDevice(adapter, log) : Shared(shared);
        try
        {
            Program = new MaepProgram(Device, path, model, half);
        }
        catch
        {
            Device.Dispose();
            throw;
        }

        RunTiles = (int)Math.Clamp(RunBytes / BytesOfTile(), 1, 1024);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int TileSize => Architecture.Size;

    /// <inheritdoc/>
    public string? Randomness => null;   // the kernels know no random operator

    /// <inheritdoc/>
    public string Work => $"{Adapter.Name}, {FrameProgram.Lanes} frames in flight, at most {RunTiles} tiles a run{(Program.MatrixShape is { } shape ? $", products on matrix units ({shape})" : "")}";

    /// <summary>The model's shape.</summary>
    public MaepArchitecture Architecture { get; }

    /// <summary>The device in use.</summary>
    public GpuAdapter Adapter { get; }

    /// <summary>Whether numbers are kept as float16.</summary>
    public bool IsHalf => half;

    /// <summary>The most tiles that go through the layers at once; halved when the device's memory does not suffice.</summary>
    public int RunTiles { get; private set; }

    /// <summary>How often a lost device was opened again.</summary>
    public int Recoveries { get; private set; }

    internal GpuDevice Device { get; private set; }

    /// <summary>Takes every purified frame on the device; null for nobody.</summary>
    internal IFrameTap? Tap { get; set; }

    internal MaepProgram Program { get; private set; }

    // A software device may take minutes for a large frame; it cannot hang like hardware.
    internal TimeSpan Patience => Adapter.Type == PhysicalDeviceType.Cpu ? Timeout.InfiniteTimeSpan : WatchDog;

    /// <summary>Opens a device and puts a model on it.</summary>
    /// <param name="path">A purifier's ONNX file that ./realtime export wrote.</param>
    /// <param name="adapter">Number of the device, 0 for the best one; see <see cref="GpuInstance.Adapters"/>.</param>
    /// <param name="half">Keeps activations and weights as float16; sums stay float32.</param>
    /// <param name="validation">Turns Vulkan's validation layer on; see <see cref="ValidationMessages"/>.</param>
    /// <param name="log">Takes notes about the pipeline cache and recoveries.</param>
    /// <exception cref="UserErrorException">No Vulkan, no such device (<see cref="ExitCode.DeviceUnavailable"/>) or no such model (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static VulkanPurifier Open(string path, int adapter = 0, bool half = false, bool validation = false, Action<string>? log = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        GpuInstance instance;
        try
        {
            instance = GpuInstance.Create(validation);
        }
        catch (GpuUnavailableException missing)
        {
            throw DeviceErrors.Unavailable("vulkan", missing.Message.TrimEnd('.'), missing);
        }

        try
        {
            if (adapter < 0 || adapter >= instance.Adapters.Count)
            {
                string found = instance.Adapters.Count == 0 ? "none was found" : string.Join(", ", instance.Adapters.Select((a, i) => $"vulkan:{i} {a.Name}"));
                throw DeviceErrors.Unavailable($"vulkan:{adapter}", $"there is no Vulkan device of this number ({found})");
            }

            VulkanPurifier purifier = new(instance, null, adapter, path, half, log);
            if (purifier.Adapter.Type == PhysicalDeviceType.Cpu)
                log?.Invoke($"vulkan:{adapter} is a software device ({purifier.Adapter.Name}): it runs on the processor, and slower than --device cpu");
            return purifier;
        }
        catch (GpuException broken)
        {
            instance.Dispose();
            throw DeviceErrors.Unavailable($"vulkan:{adapter}", broken.Message.TrimEnd('.'), broken);
        }
        catch
        {
            instance.Dispose();
            throw;
        }
    }

    /// <summary>Puts a model on a device that is open already, and used by others too. Should it be lost, the purifier goes on with one of its own.</summary>
    /// <param name="path">A purifier's ONNX file that ./realtime export wrote.</param>
    /// <param name="device">Shared until this is disposed; its instance must live longer.</param>
    /// <param name="half">Keeps activations and weights as float16; sums stay float32.</param>
    /// <param name="log">Takes notes about recoveries.</param>
    /// <exception cref="UserErrorException">The device is gone (<see cref="ExitCode.DeviceUnavailable"/>), or no such model (<see cref="ExitCode.ModelRejected"/>).</exception>
    internal static VulkanPurifier OpenOn(string path, GpuDevice device, bool half = false, Action<string>? log = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        int adapter = device.Instance.Adapters.ToList().IndexOf(device.Adapter);
        try
        {
            return new VulkanPurifier(device.Instance, device, adapter, path, half, log);
        }
        catch (GpuException broken)
        {
            throw DeviceErrors.Unavailable($"vulkan:{adapter}", broken.Message.TrimEnd('.'), broken);
        }
    }

    /// <summary>Warnings and errors of the validation layer; empty where it is off.</summary>
    public IReadOnlyList<string> ValidationMessages => instance.ValidationMessages;

    /// <inheritdoc/>
    /// <exception cref="PurificationException">The device failed twice.</exception>
    public void Purify(Memory<float> tiles, Memory<float> purified, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int length = 3 * Architecture.Pixels;
        for (int first = 0; first < count; first += TileBatch)
        {
            int batch = Math.Min(TileBatch, count - first);
            ReadOnlySpan<float> input = tiles.Span.Slice(first * length, batch * length);
            Span<float> output = purified.Span.Slice(first * length, batch * length);
            try
            {
                RunTileProgram(input, output);
            }
            catch (GpuDeviceLostException lost)
            {
                Recover(Device, lost);
                try
                {
                    RunTileProgram(input, output);
                }
                catch (GpuDeviceLostException again)
                {
                    throw new PurificationException(again.Message, again);
                }
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<IFrameStage> CreateStages(TileGrid grid)
    {
        VulkanFrames frames = new(this, grid);
        return [new VulkanSubmitStage(frames), new VulkanCollectStage(frames)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        watcher?.Dispose();
        tileProgram?.Dispose();
        Program.Dispose();
        Device.Dispose();
        if (ownsInstance)
            instance.Dispose();
    }

    /// <summary>Makes what purifies frames of one size, in smaller runs where memory is short.</summary>
    /// <exception cref="UserErrorException">Not even one tile at a time fits.</exception>
    internal FrameProgram CreateFrameProgram(TileGrid grid, FrameColour colour, bool withTimestamps = false)
    {
        while (true)
        {
            try
            {
                return new FrameProgram(Device, Program, grid, colour, RunTiles, withTimestamps);
            }
            catch (GpuOutOfMemoryException full) when (RunTiles > 1)
            {
                Device.DestroyRetired();    // what the attempt had taken by then, or the next one finds less room than this one
                RunTiles /= 2;
                log?.Invoke($"{full.Message}; trying runs of {RunTiles} tiles");
            }
            catch (GpuOutOfMemoryException full)
            {
                throw new UserErrorException(
                    ExitCode.Failed, $"frames of {grid.Width}x{grid.Height} do not fit into the memory of '{Adapter.Name}': {full.Message}. Use --precision fp16, a smaller picture or --device cpu.", full);
            }
        }
    }

    /// <summary>Opens the device again, unless that has happened since <paramref name="lostDevice"/> was in use.</summary>
    internal void Recover(GpuDevice lostDevice, GpuDeviceLostException lost)
    {
        if (!ReferenceEquals(lostDevice, Device))
            return;
        log?.Invoke($"{lost.Message}; opening the device again");
        tileProgram = null;     // goes with its device
        Device.Dispose();
        try
        {
            Device = instance.OpenDevice(adapter, log);
            Program = new MaepProgram(Device, path, model, half);
        }
        catch (GpuException broken)
        {
            throw DeviceErrors.Unavailable($"vulkan:{adapter}", $"{lost.Message.TrimEnd('.')}, and it did not open again: {broken.Message.TrimEnd('.')}", broken);
        }

        Recoveries++;
    }

    /// <summary>Makes the kernels again, from the shaders as they are now.</summary>
    internal void Reload()
    {
        tileProgram?.Dispose();
        tileProgram = null;
        Program.Dispose();
        Program = new MaepProgram(Device, path, model, half);
    }

    private void RunTileProgram(ReadOnlySpan<float> input, Span<float> output)
    {
        // A program runs whole batches: one as large as the largest call so far keeps small calls cheap.
        int batch = input.Length / (3 * Architecture.Pixels);
        if (tileProgram is null || tileProgram.Batch < batch)
        {
            tileProgram?.Dispose();
            tileProgram = null;
            tileProgram = new TileProgram(Device, Program, batch);
        }

        tileProgram.Run(input, output, Patience);
    }

    private GpuDevice Shared(GpuDevice device) =>
        device.TryShare() ? device : throw DeviceErrors.Unavailable($"vulkan:{adapter}", "it was closed meanwhile");

    // What the layers of one tile take where they do not share memory: an upper bound.
    private ulong BytesOfTile()
    {
        ulong pixels = (ulong)Architecture.Pixels * (ulong)((3 * Architecture.Stem) + MaepArchitecture.TokenMaps);
        ulong tokens = (ulong)Architecture.Tokens * (ulong)Architecture.Width * 5;
        return (pixels + tokens) * (half ? 2u : 4u);
    }
}
