using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Maep;
using Silk.NET.Vulkan;

namespace Realtime.Filter.Tests.Gpu.Maep;

public sealed class AttentionCutTests
{
    [Theory]
    [InlineData(32, 16384)]
    [InlineData(64, 32768)]
    public void Heads_that_fit_are_accepted(int width, uint shared) => AttentionCut.Check("a.onnx", Shape(width), Device(shared));

    [Fact]
    public void Heads_that_do_not_fit_are_refused_with_the_figures_and_the_way_out()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => AttentionCut.Check("a.onnx", Shape(64), Device(16384)));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        foreach (string part in (string[])["'a.onnx'", "'Small'", "heads of 64 numbers", "32768 bytes", "has 16384", "--device cpu", "at most 32 numbers"])
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static MaepArchitecture Shape(int headWidth) => new(Size: 32, Patch: 4, Width: 2 * headWidth, Encoder: 1, Decoder: 1, Heads: 2, Stem: 0, Residual: true);

    private static GpuAdapter Device(uint sharedMemoryBytes) => new()
    {
        Index = 0,
        Name = "Small",
        Type = PhysicalDeviceType.IntegratedGpu,
        DriverName = "",
        DriverVersion = "",
        ApiVersion = "1.2.0",
        DeviceMemoryBytes = 0,
        HasFloat16 = false,
        SubgroupSize = 32,
        HasSubgroupArithmetic = true,
        SharedMemoryBytes = sharedMemoryBytes,
        CooperativeMatrix = "none",
        MatrixShapes = [],
        PipelineCacheUuid = "",
    };
}
