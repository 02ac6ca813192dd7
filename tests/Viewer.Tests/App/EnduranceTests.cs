using Realtime.Filter.Captions.Font;
using Realtime.Viewer.Overlay;

using Realtime.Viewer.Tests.Windowing;
using Silk.NET.Vulkan;

namespace Realtime.Viewer.Tests.App;

/// <summary>What happens to windows and devices while the stream goes on; the validation layer is silent in all of it, and no object is left.</summary>
public sealed class EnduranceTests(Screen screen) : SessionTest(screen)
{
    [SkippableFact]
    public void Thirty_resizes_and_an_icon_are_followed_while_the_stream_goes_on()
    {
        Begin();
        Random random = new(30);
        for (int resize = 1; resize <= 30; resize++)
        {
            (int width, int height) = resize == 7 ? (1, 1) : (random.Next(40, 900), random.Next(40, 700));
            X.Resize(XWindow, width, height);
            if (resize % 3 == 0)
                TurnUntil(() => Session.Shown.Width == width && Session.Shown.Height == height, $"{width}x{height}");
            else
                Session.Turn();     // the next one comes while this one is not followed yet
        }

        X.Resize(XWindow, Width, Height);
        TurnUntil(() => Session.Shown is { Width: Width, Height: Height });

        X.SetMinimised(XWindow, true);
        TurnUntil(() => Session.Window.Extent.Width == 0);
        Turn(5);
        long id = Session.Painter.FrameId;
        X.SetMinimised(XWindow, false);
        TurnUntil(() => Session.Painter.FrameId > id && Session.Window.Extent.Width == Width);
        Assert.Equal(0, Session.Losses);
        Assert.Equal(0, Session.Painter.Unpurified);
    }

    [SkippableTheory]
    [InlineData(1)]     // composing
    [InlineData(2)]     // showing
    public void A_lost_device_is_opened_again_and_the_stream_goes_on(int submission)
    {
        Begin();
        for (int loss = 1; loss <= 3; loss++)
        {
            long id = Session.Painter.FrameId;
            Session.Instance.Faults.LoseDeviceAtSubmit = submission;
            TurnUntil(() => Session.Losses == loss);
            TurnUntil(() => Session.Painter.HasShown && Session.Painter.FrameId > id);
            Assert.Equal(1, Session.Instance.Objects.Alive[ObjectType.Device]);
        }

        Assert.Contains("was lost and is opened again", State.Note, StringComparison.Ordinal);
        Assert.Equal(0, Session.Painter.Unpurified);
    }

    [SkippableFact]
    public void A_recording_ends_with_its_device()
    {
        Begin();
        Press("r", () => State.Recording);
        Turn(5);
        Session.Instance.Faults.LoseDeviceAtSubmit = 1;
        TurnUntil(() => Session.Losses == 1 && Session.Painter.HasShown);
        Assert.False(State.Recording);
        Assert.NotEqual(0, new FileInfo(Assert.Single(Directory.GetFiles(Folder, "*.mp4"))).Length);
    }

    [SkippableFact]
    public void Painting_allocates_nothing()
    {
        Begin(settings => settings with { Input = "solids:seconds=20,seed=2,fps=10" });     // slow machines, too, are to show every frame
        (State.AttackOn, State.PurifierOn) = (false, false);
        MakeGlyphs();
        for (int page = 0; page <= 3; page++)
        {
            State.OverlayPage = page;
            Turn(10);
            long first = Session.Painter.FramesShown, before = GC.GetAllocatedBytesForCurrentThread();
            while (Session.Painter.FramesShown < first + 5)
                Session.Turn();
            Assert.Equal((page, 0), (page, GC.GetAllocatedBytesForCurrentThread() - before));
        }
    }

    [SkippableFact]
    public void Objects_are_counted_and_none_is_left()
    {
        Begin();
        IReadOnlyDictionary<ObjectType, int> alive = Session.Instance.Objects.Alive;
        foreach (ObjectType kind in (ObjectType[])[ObjectType.Instance, ObjectType.DebugUtilsMessengerExt, ObjectType.SurfaceKhr, ObjectType.SwapchainKhr, ObjectType.Device, ObjectType.DeviceMemory, ObjectType.PipelineCache, ObjectType.Pipeline, ObjectType.PipelineLayout, ObjectType.DescriptorSetLayout, ObjectType.DescriptorPool])
            Assert.Equal((kind, 1), (kind, alive[kind]));
        foreach (ObjectType kind in (ObjectType[])[ObjectType.Buffer, ObjectType.CommandPool, ObjectType.Semaphore])
            Assert.True(alive[kind] > 1, $"{kind}: {alive[kind]}");

        // The same after a hundred pictures and another window size.
        X.Resize(XWindow, 320, 240);
        TurnUntil(() => Session.Shown.Width == 320);
        Turn(100);
        Assert.Equal(alive.OrderBy(kind => kind.Key), Session.Instance.Objects.Alive.OrderBy(kind => kind.Key));
        End();
    }

    // They are made when they are first seen, and kept.
    private static void MakeGlyphs()
    {
        HudScale scale = new(Width, Height);
        foreach (int size in (int[])[scale.Small, scale.Body])
        {
            foreach (char letter in FontAtlas.Letters)
            {
                _ = Typeface.Of(size, bold: false).Of(letter);
                _ = Typeface.Of(size, bold: true).Of(letter);
            }
        }
    }
}
