using Realtime.Filter.Gpu;
using Silk.NET.Maths;
using Silk.NET.Vulkan;

namespace Realtime.Viewer.Tests.Windowing;

public sealed class SwapchainTests(Screen screen) : WindowTest(screen)
{
    private const int Orange = 0xF08020;
    private const int Blue = 0x2040C0;

    [SkippableTheory]
    [InlineData(PresentModeKHR.MailboxKhr)]
    [InlineData(PresentModeKHR.FifoKhr)]
    public void What_is_presented_is_on_the_screen_in_its_colours(PresentModeKHR mode)
    {
        Swapchain.PresentMode = mode;
        GpuBuffer orange = Colour(Width, Height, Orange), blue = Colour(Width, Height, Blue);
        Vector2D<int> place = Window.Window.Position;

        for (int shown = 0; shown < 30; shown++)
        {
            Window.Pump();
            Assert.True(Present(shown % 2 == 0 ? blue : orange, Width, Height));
        }

        Assert.Equal(mode, Swapchain.UsedPresentMode);
        Assert.Equal(1, Swapchain.Builds);
        PumpUntil(() => X.Pixel(place.X + 5, place.Y + 5) == Orange && X.Pixel(place.X + Width - 1, place.Y + Height - 1) == Orange);
    }

    [SkippableFact]
    public void Every_resize_is_followed_by_a_picture_of_the_new_size()
    {
        Vector2D<int> place = Window.Window.Position;
        foreach ((int width, int height, int colour) in new[] { (400, 300, Orange), (200, 100, Blue), (640, 480, Orange), (333, 111, Blue), (320, 240, Orange) })
        {
            Window.Window.Size = new Vector2D<int>(width, height);
            GpuBuffer picture = Colour(width, height, colour);
            PumpUntil(() => Present(picture, width, height) && Swapchain.Extent.Width == width && Swapchain.Extent.Height == height);
            PumpUntil(() => X.Pixel(place.X + width - 1, place.Y + height - 1) == colour);
            Device.Retire(picture);
        }
    }

    [SkippableFact]
    public void A_picture_of_another_size_than_the_window_is_cut_or_has_black_beside_it()
    {
        GpuBuffer small = Colour(100, 50, Orange), large = Colour(1000, 500, Blue);
        Vector2D<int> place = Window.Window.Position;

        Assert.True(Present(small, 100, 50));
        PumpUntil(() => X.Pixel(place.X + 99, place.Y + 49) == Orange && X.Pixel(place.X + 100, place.Y + 49) == 0 && X.Pixel(place.X + 99, place.Y + 50) == 0);

        Assert.True(Present(large, 1000, 500));
        PumpUntil(() => X.Pixel(place.X + Width - 1, place.Y + Height - 1) == Blue);
        Assert.Throws<ArgumentException>(() => Present(small, 100, 51));
    }

    [SkippableFact]
    public void While_there_is_no_area_nothing_is_presented_and_afterwards_it_goes_on()
    {
        GpuBuffer picture = Colour(Width, Height, Orange);
        Assert.True(Present(picture, Width, Height));

        Target.Pretended = default(Extent2D);
        ulong submitted = Device.Display.LastSubmitted;
        Assert.False(Present(picture, Width, Height));
        Assert.Equal(submitted, Device.Display.LastSubmitted);

        Target.Pretended = null;
        Assert.True(Present(picture, Width, Height));
    }

    [SkippableFact]
    public void A_minimised_window_shows_nothing_until_it_is_back()
    {
        GpuBuffer picture = Colour(Width, Height, Orange);
        Assert.True(Present(picture, Width, Height));

        X.SetMinimised(XWindow, true);
        PumpUntil(() => Window.Extent.Width == 0);
        Assert.True(Window.IsMinimised);
        Assert.False(Present(picture, Width, Height));

        X.SetMinimised(XWindow, false);
        PumpUntil(() => Window.Extent.Width == Width);
        Assert.True(Present(picture, Width, Height));
    }

    [SkippableFact]
    public void A_window_fills_the_screen_and_comes_back_to_its_size()
    {
        Window.IsFullscreen = true;
        PumpUntil(() => Window.Extent.Width == Screen.Width);
        GpuBuffer picture = Colour(Screen.Width, Screen.Height, Blue);
        PumpUntil(() => Present(picture, Screen.Width, Screen.Height) && X.Pixel(Screen.Width - 1, Screen.Height - 1) == Blue);
        Assert.True(Window.IsFullscreen);

        Window.IsFullscreen = false;
        PumpUntil(() => Window.Extent.Width == Width);
        Assert.True(Present(picture, Screen.Width, Screen.Height));
    }

    [SkippableFact]
    public void Images_out_of_date_and_a_lost_surface_are_made_again()
    {
        GpuBuffer picture = Colour(Width, Height, Orange);
        Assert.True(Present(picture, Width, Height));

        Swapchain.Fault = Result.ErrorOutOfDateKhr;
        Assert.True(Present(picture, Width, Height));
        Assert.Equal((2, 1), (Swapchain.Builds, Target.Surfaces));

        Swapchain.Fault = Result.ErrorSurfaceLostKhr;
        Assert.True(Present(picture, Width, Height));
        Assert.Equal((3, 2), (Swapchain.Builds, Target.Surfaces));

        Swapchain.Fault = Result.Timeout;
        Assert.False(Present(picture, Width, Height));
        Assert.True(Present(picture, Width, Height));
    }

    [SkippableFact]
    public void The_picture_waits_for_the_work_that_makes_it()
    {
        GpuBuffer picture = Colour(Width, Height, Orange);
        GpuCommands paint = Device.CreateCommands(Device.Compute);
        paint.Begin();
        paint.Fill(picture, 0xFFFFFFFF);
        paint.End();

        GpuWait painted = new(Device.Compute, Device.Compute.Submit(paint));
        Assert.True(Swapchain.Present(picture, Width, Height, painted));

        Vector2D<int> place = Window.Window.Position;
        PumpUntil(() => X.Pixel(place.X + 5, place.Y + 5) == 0xFFFFFF);
        Swapchain.LastRead.Queue.Wait(Swapchain.LastRead.Value, TimeSpan.FromSeconds(20), CancellationToken.None);
    }

    [SkippableFact]
    public void Presenting_allocates_nothing()
    {
        GpuBuffer picture = Colour(Width, Height, Orange);
        Swapchain.PresentMode = PresentModeKHR.FifoKhr;
        for (int warm = 0; warm < 100; warm++)
        {
            Window.Pump();
            Present(picture, Width, Height);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int shown = 0; shown < 30; shown++)
        {
            Window.Pump();
            Present(picture, Width, Height);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
