using Realtime.Filter.Devices;

namespace Realtime.Filter.Tests.Devices;

public sealed class DeviceProbeTests : IDisposable
{
    private static readonly string[] Providers = ["CUDAExecutionProvider", "TensorrtExecutionProvider", "WebGpuExecutionProvider", "CPUExecutionProvider"];

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-probe-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_cpu_needs_nothing() => Assert.Null(Probe().Obstacle(DeviceKind.Cpu));

    [Theory]
    [InlineData(DeviceKind.Cuda)]
    [InlineData(DeviceKind.TensorRt)]
    public void Without_a_driver_the_driver_is_named(DeviceKind kind)
    {
        string? obstacle = Probe().Obstacle(kind);

        Assert.StartsWith("libcuda.so.1 (the NVIDIA driver) not found; install the driver", obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_ONNX_Runtimes_own_parts_those_are_named_and_setup_fetches_them()
    {
        string? obstacle = Probe("libcuda.so.1").Obstacle(DeviceKind.TensorRt);

        Assert.StartsWith("libonnxruntime_providers_cuda.so, libonnxruntime_providers_tensorrt.so (", obstacle, StringComparison.Ordinal);
        Assert.Contains("./realtime setup", obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_library_itself_needs_is_named_with_cudnn_and_what_to_install()
    {
        // Any real library does: its own header is read.
        File.Copy(Path.Combine(AppContext.BaseDirectory, "libonnxruntime.so"), Path.Combine(folder, DeviceProbe.CudaLibrary));

        string? obstacle = Probe("libcuda.so.1").Obstacle(DeviceKind.Cuda);

        Assert.Contains("libstdc++.so.6", obstacle, StringComparison.Ordinal);
        Assert.Contains("libcudnn.so.9 not found; install cuDNN 9 (libcudnn9-cuda-13)", obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void With_everything_there_nothing_is_in_the_way()
    {
        File.WriteAllText(Path.Combine(folder, DeviceProbe.CudaLibrary), "not a library: it needs nothing");

        Assert.Null(Probe("libcuda.so.1", "libcudnn.so.9").Obstacle(DeviceKind.Cuda));
        Assert.Null(Probe("libvulkan.so.1").Obstacle(DeviceKind.WebGpu));
    }

    [Fact]
    public void Webgpu_needs_the_vulkan_loader() =>
        Assert.StartsWith("libvulkan.so.1 (the Vulkan loader) not found; install it", Probe().Obstacle(DeviceKind.WebGpu), StringComparison.Ordinal);

    [Fact]
    public void An_ONNX_Runtime_without_the_provider_is_told_so()
    {
        DeviceProbe probe = new(new NativeLibraries(_ => true, [folder]), ["CPUExecutionProvider"]);

        Assert.StartsWith("this ONNX Runtime was built without WebGpuExecutionProvider", probe.Obstacle(DeviceKind.WebGpu), StringComparison.Ordinal);
    }

    private DeviceProbe Probe(params string[] loadable) => new(new NativeLibraries(loadable.Contains, [folder]), Providers);
}
