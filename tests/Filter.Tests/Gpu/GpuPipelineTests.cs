using Realtime.Filter.Gpu;

namespace Realtime.Filter.Tests.Gpu;

public sealed class GpuPipelineTests : GpuTest
{
    [SkippableFact]
    public void A_shader_with_its_constants_doubles_numbers()
    {
        float[] numbers = [.. Enumerable.Range(0, 1000).Select(value => value - 0.5f)];
        GpuBuffer upload = Upload(numbers);
        GpuBuffer readback = Device.CreateBuffer("readback", upload.Size, GpuMemory.Readback);
        GpuPipeline pipeline = Multiply(Device, factor: 2);
        GpuCommands commands = Device.CreateCommands(Compute, timestamps: 2);
        commands.Begin();
        commands.Timestamp(0);
        commands.BeginLabel("double");
        commands.Bind(pipeline, upload, readback);
        commands.Push(990u);
        commands.Dispatch(16);
        commands.EndLabel();
        commands.Timestamp(1);
        commands.Barrier(GpuStage.Compute, GpuStage.Host);
        commands.End();
        Floats(readback).Clear();
        Run(commands);

        Assert.Equal([.. numbers[..990].Select(value => 2 * value), .. new float[10]], Floats(readback).ToArray());
        if (Device.HasTimestamps)
            Assert.InRange(commands.TimestampMilliseconds(0, 1), 0, 30_000);
        else
            Assert.Equal(double.NaN, commands.TimestampMilliseconds(0, 1));
        Assert.Equal("double", commands.LastLabel);
    }

    [SkippableFact]
    public void Commands_recorded_once_are_submitted_three_times()
    {
        GpuBuffer buffer = Upload(1, 10, 100);
        GpuCommands commands = Device.CreateCommands(Compute);
        commands.Begin();
        commands.Bind(Multiply(Device, factor: 3), buffer, buffer);
        commands.Push(3u);
        commands.Dispatch(1);
        commands.Barrier(GpuStage.Compute, GpuStage.Compute | GpuStage.Host);
        commands.End();

        ulong[] values = [Compute.Submit(commands), Compute.Submit(commands), Compute.Submit(commands)];
        Assert.Equal([1, 2, 3], values);
        Compute.Wait(3, Patience, CancellationToken.None);
        Assert.Equal([27, 270, 2700], Floats(buffer).ToArray());
    }

    [SkippableFact]
    public void A_recording_can_be_replaced_and_may_be_long()
    {
        GpuBuffer buffer = Upload(1);
        GpuPipeline triple = Multiply(Device, factor: 3);
        GpuPipeline same = Multiply(Device, factor: 1);
        GpuCommands commands = Device.CreateCommands(Compute);
        for (int round = 0; round < 2; round++)
        {
            commands.Begin();
            for (int step = 0; step < 600; step++)
            {
                commands.Bind(step % 100 == 0 ? triple : same, buffer, buffer);
                commands.Push(1u);
                commands.Dispatch(1);
                commands.Barrier(GpuStage.Compute, GpuStage.Compute | GpuStage.Host);
            }
            commands.End();
            Run(commands);
        }
        Assert.Equal(Math.Pow(3, 12), Floats(buffer)[0]);
    }

    [SkippableFact]
    public void A_part_of_a_buffer_is_bound()
    {
        ulong alignment = Math.Max(Device.StorageAlignment, sizeof(float));
        int first = (int)(alignment / sizeof(float));
        GpuBuffer buffer = Upload([.. Enumerable.Repeat(1f, 2 * first)]);
        GpuCommands commands = Device.CreateCommands(Compute);
        commands.Begin();
        GpuBufferRange second = new(buffer, alignment, alignment);
        commands.Bind(Multiply(Device, factor: 2), second, second);
        commands.Push((uint)first);
        commands.Dispatch((uint)first / 64 + 1);
        commands.Barrier(GpuStage.Compute, GpuStage.Host);
        commands.End();
        Run(commands);
        Assert.Equal([.. Enumerable.Repeat(1f, first), .. Enumerable.Repeat(2f, first)], Floats(buffer).ToArray());
    }

    [SkippableFact]
    public void Wrong_bindings_and_constants_are_refused_by_name()
    {
        GpuBuffer buffer = Upload(1, 2);
        GpuPipeline pipeline = Multiply(Device, factor: 2);
        GpuCommands commands = Device.CreateCommands(Compute);
        commands.Begin();
        Assert.Throws<ArgumentException>(() => commands.Push(1u));
        Assert.Contains("multiply", Assert.Throws<ArgumentException>(() => commands.Bind(pipeline, buffer)).Message);
        Assert.Throws<ArgumentException>(() => commands.Bind(pipeline, buffer, new GpuBufferRange(buffer, 4, 8)));
        Assert.Throws<ArgumentException>(() => commands.Bind(pipeline, buffer, new GpuBufferRange(buffer, 8, 0)));
        commands.Bind(pipeline, buffer, buffer);
        Assert.Throws<ArgumentException>(() => commands.Push(1ul));
        Assert.Throws<ArgumentException>(() => Compute.Submit(commands));
        commands.End();
        Assert.Throws<ArgumentException>(() => Device.CreatePipeline("odd", [1, 2, 3], 1, 0, []));
    }
}
