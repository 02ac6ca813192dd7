using Realtime.Filter.Gpu;

namespace Realtime.Filter.Tests.Gpu;

/// <summary>That the silence of the validation layer in all other tests means something.</summary>
public sealed class GpuValidationTests : GpuTest
{
    [SkippableFact]
    public void A_wrong_call_is_found_in_the_validation_messages()
    {
        GpuBuffer buffer = Device.CreateBuffer("too small", 256, GpuMemory.Device);
        GpuCommands commands = Device.CreateCommands(Compute);
        commands.Begin();
        Assert.Empty(Instance.ValidationMessages);
        // Past our own checks: 1024 bytes of 256.
        Device.Api.CmdFillBuffer(commands.Handle, buffer.Handle, 0, 1024, 0);
        string message = Assert.Single(Instance.ValidationMessages);
        Assert.Contains("too small", message);
        ExpectedMessage = "vkCmdFillBuffer";
    }

    [SkippableFact]
    public void A_missing_barrier_is_found_in_the_validation_messages()
    {
        GpuBuffer buffer = Device.CreateBuffer("numbers", 256, GpuMemory.Device);
        GpuPipeline pipeline = Multiply(Device, factor: 2);
        GpuCommands commands = Device.CreateCommands(Compute);
        commands.Begin();
        for (int dispatch = 0; dispatch < 2; dispatch++)
        {
            Assert.Empty(Instance.ValidationMessages);
            commands.Bind(pipeline, buffer, buffer);
            commands.Push(64u);
            commands.Dispatch(1);
        }
        commands.End();
        Assert.NotEmpty(Instance.ValidationMessages);
        ExpectedMessage = "hazard";
    }
}
