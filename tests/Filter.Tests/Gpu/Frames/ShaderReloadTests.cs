using Realtime.Filter.Frames;
using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Frames;
using Realtime.Filter.Gpu.Maep;
using Realtime.Filter.Gpu.Shaders;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Gpu.Frames;

/// <summary>New shaders between two frames. By itself, as every purifier of the process takes them.</summary>
[Collection(nameof(ShaderReloadTests))]
[CollectionDefinition(nameof(ShaderReloadTests), DisableParallelization = true)]
public sealed class ShaderReloadTests(SharedPurifier shared) : IClassFixture<SharedPurifier>
{
    [SkippableTheory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]      // the device is lost with the weights of the new kernels
    [InlineData(2, 1)]      // and with the next frame
    public void Frames_after_new_shaders_are_purified_even_where_the_device_is_lost_meanwhile(int loseAtSubmit, int recoveries)
    {
        VulkanPurifier purifier = shared.Purifier;
        FrameFormat format = FrameRun.Format(33, 40);
        VulkanFrames frames = new(purifier, new TileGrid(format.Width, format.Height, purifier.TileSize, 4));
        VulkanSubmitStage submit = new(frames);
        using VulkanCollectStage collect = new(frames);
        FrameSlot[] slots = [.. Enumerable.Range(0, 3).Select(i => new FrameSlot(format) { Id = i })];
        foreach (FrameSlot slot in slots)
            FrameRun.Texture(slot.Raw, format.Width, id: 7);
        MaepProgram before = purifier.Program;
        int recoveriesBefore = purifier.Recoveries;

        for (int i = 0; i < slots.Length; i++)
        {
            if (i == 1)
            {
                ShaderLibrary.Replace([]);
                purifier.Device.Faults.LoseDeviceAtSubmit = loseAtSubmit;
            }

            submit.Await(slots[i], CancellationToken.None);
            submit.Process(slots[i], CancellationToken.None);
            collect.Process(slots[i], CancellationToken.None);
        }

        Assert.NotSame(before, purifier.Program);
        Assert.Equal(recoveriesBefore + recoveries, purifier.Recoveries);
        Assert.Null(collect.FirstFailure);
        Assert.NotEqual(slots[0].Raw, slots[0].Purified);
        Assert.Equal(slots[0].Purified, slots[1].Purified);
        Assert.Equal(slots[0].Purified, slots[2].Purified);
        Assert.Equal([], purifier.ValidationMessages);
    }
}
