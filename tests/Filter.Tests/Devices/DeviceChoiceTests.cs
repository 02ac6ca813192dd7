using Realtime.Filter.Devices;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Tests.Devices;

public sealed class DeviceChoiceTests
{
    [Theory]
    [InlineData("cpu", DeviceKind.Cpu, 0, "cpu")]
    [InlineData("CUDA", DeviceKind.Cuda, 0, "cuda")]
    [InlineData("gpu:2", DeviceKind.Cuda, 2, "cuda:2")]
    [InlineData("tensorrt:0", DeviceKind.TensorRt, 0, "tensorrt")]
    [InlineData("vulkan:1", DeviceKind.Vulkan, 1, "vulkan:1")]
    [InlineData("webgpu", DeviceKind.WebGpu, 0, "webgpu")]
    public void A_name_with_or_without_a_number_is_a_device(string text, DeviceKind kind, int index, string written)
    {
        DeviceChoice choice = DeviceChoice.Parse(text);

        Assert.Equal(new DeviceChoice(kind, index), choice);
        Assert.Equal(written, choice.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("abacus")]
    [InlineData("cpu:0")]
    [InlineData("webgpu:1")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    public void Anything_else_is_a_usage_error_that_names_the_value(string text)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => DeviceChoice.Parse(text));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.StartsWith($"--device '{text}' ", error.Message, StringComparison.Ordinal);
    }
}
