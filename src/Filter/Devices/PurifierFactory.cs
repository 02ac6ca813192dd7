using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Devices;

/// <summary>Opens purifiers on devices. A device that is missing or computes something else than the CPU is an error, never replaced.</summary>
public static class PurifierFactory
{
    // Not measured on hardware yet: large enough to fill a GPU, small enough that the last batch of a frame wastes little.
    private const int CudaBatch = 256;
    private const int WebGpuBatch = 64;

    // Two sessions of ONNX Runtime's WebGPU provider must not run at once (github.com/microsoft/onnxruntime/issues/32561).
    private static readonly Lazy<DeviceThread> WebGpuThread = new(() => new DeviceThread("webgpu"));

    /// <summary>Opens a model on a device and, unless that is the CPU in float32, tries it out (<see cref="DeviceTrial"/>).</summary>
    /// <param name="modelPath">An ONNX file, see <see cref="ModelCatalog.Resolve"/>.</param>
    /// <param name="device">Where it shall run.</param>
    /// <param name="precision">What it shall compute in.</param>
    /// <param name="threads">Cores to use on the CPU; all of them where null.</param>
    /// <param name="log">Takes what the device has to tell: a software device, a lost device opened again.</param>
    /// <param name="figures">Takes the figures of the trial.</param>
    /// <param name="shared">A Vulkan device that is open; used, and shared with its other users, where <paramref name="device"/> means it.</param>
    /// <exception cref="UserErrorException">
    /// The device is missing or failed its trial (<see cref="ExitCode.DeviceUnavailable"/>), or the model is no purifier
    /// (<see cref="ExitCode.ModelRejected"/>).
    /// </exception>
    public static ITilePurifier Open(string modelPath, DeviceChoice device, Precision precision = Precision.Float32, int? threads = null, Action<string>? log = null, Action<string>? figures = null, GpuDevice? shared = null)
    {
        Require(device);
        OnnxPurifier reference = OnnxPurifier.Open(modelPath, threads);
        if (device.Kind == DeviceKind.Cpu && precision == Precision.Float32)
            return reference;

        using (reference)
        {
            ITilePurifier purifier = OpenUntried(modelPath, device, precision, threads, reference, log, shared);
            try
            {
                float largest = DeviceTrial.Check(device.ToString(), purifier, reference, precision);
                figures?.Invoke(string.Create(
                    CultureInfo.InvariantCulture,
                    $"device {device} in {PrecisionName.Of(precision)} agrees with the CPU: largest difference {largest:0.0e+0} on {TrialTiles.Count} tiles, allowed {DeviceTrial.Bound(precision):0.0e+0}"));
                return purifier;
            }
            catch
            {
                purifier.Dispose();
                throw;
            }
        }
    }

    /// <summary>Makes sure that everything <paramref name="device"/> needs is there, as far as can be told without opening it.</summary>
    /// <exception cref="UserErrorException">It is not (<see cref="ExitCode.DeviceUnavailable"/>); the message names what is missing and what to install.</exception>
    public static void Require(DeviceChoice device)
    {
        if (device.Kind == DeviceKind.Cpu)
            return;
        if (new DeviceProbe().Obstacle(device.Kind) is string obstacle)
            throw DeviceErrors.Unavailable(device.ToString(), obstacle);
    }

    private static ITilePurifier OpenUntried(string path, DeviceChoice device, Precision precision, int? threads, OnnxPurifier reference, Action<string>? log, GpuDevice? shared)
    {
        switch (device.Kind)
        {
            case DeviceKind.Cpu:
                return OnnxPurifier.Open(path, threads, precision);
            case DeviceKind.Vulkan when shared is not null && shared.Instance.Adapters.ToList().IndexOf(shared.Adapter) == device.Index:
                return VulkanPurifier.OpenOn(path, shared, precision == Precision.Float16, log);
            case DeviceKind.Vulkan:
                return VulkanPurifier.Open(path, device.Index, precision == Precision.Float16, log: log);
            default:
                return OpenProvider(path, device, precision, reference);
        }
    }

    private static DevicePurifier OpenProvider(string path, DeviceChoice device, Precision precision, OnnxPurifier reference)
    {
        bool isWebGpu = device.Kind == DeviceKind.WebGpu;
        DeviceThread thread = isWebGpu ? WebGpuThread.Value : new DeviceThread(device.ToString());
        try
        {
            return new DevicePurifier(
                reference.Name,
                reference.TileSize,
                thread,
                ownsThread: !isWebGpu,
                isWebGpu ? WebGpuBatch : CudaBatch,
                Opening(path, device, precision, reference.TileSize, reference.BatchSymbol))
            {
                Randomness = reference.Randomness,
            };
        }
        catch (OnnxRuntimeException error)
        {
            throw DeviceErrors.Unavailable(device.ToString(), DeviceOpening.Explain(device.Kind, error), error);
        }
        catch (InvalidOperationException error)
        {
            throw DeviceErrors.Unavailable(device.ToString(), error.Message, error);
        }
    }

    // Holds on to nothing of the reference, which is gone when a lost device is opened again.
    private static Func<int, IDeviceBatch> Opening(string path, DeviceChoice device, Precision precision, int tileSize, string symbol) => device.Kind == DeviceKind.WebGpu
        ? batch => new HostBatch(ProviderSession.Open(path, ProviderSetup.WebGpu(), precision, (batch, symbol), tileSize), batch, tileSize)
        : batch => OpenCuda(path, device, precision, (batch, symbol), tileSize);

    private static DeviceMemoryBatch OpenCuda(string path, DeviceChoice device, Precision precision, (int Size, string Symbol) batch, int tileSize)
    {
        bool isTensorRt = device.Kind == DeviceKind.TensorRt;
        ProviderSetup setup = isTensorRt
            ? ProviderSetup.TensorRt(device.Index, precision, EngineCache.Folder(path, OnnxEnvironment.Instance.GetVersionString()))
            : ProviderSetup.Cuda(device.Index);
        CudaMemory.EnableCopies(new NativeLibraries().Find(DeviceProbe.CudaLibrary)!);

        // TensorRT makes its own float16 engine of the float32 model.
        InferenceSession session = ProviderSession.Open(path, setup, isTensorRt ? Precision.Float32 : precision, batch, tileSize);
        using OrtMemoryInfo memory = CudaMemory.OnDevice(device.Index), staging = CudaMemory.Pinned(device.Index);
        return new DeviceMemoryBatch(session, batch.Size, tileSize, memory, staging, CudaMemory.Copy);
    }
}
