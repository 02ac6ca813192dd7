using Realtime.Viewer.Overlay;
using Realtime.Viewer.Panes;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Viewer.Tests.Overlay;

/// <summary>Writes what a canvas looks like over pictures, for people to look at.</summary>
internal static class Snapshot
{
    private static readonly string? Wanted = Environment.GetEnvironmentVariable("REALTIME_HUD_PICTURES");

    /// <summary>REALTIME_HUD_PICTURES names a folder for pictures of all views.</summary>
    public static bool IsWanted => Wanted is not null;

    /// <summary>Folder of the pictures.</summary>
    public static string Folder { get; } = Wanted ?? Path.Combine(Path.GetTempPath(), "realtime-hud");

    public static void Write(string name, OverlayCanvas canvas, ReadOnlySpan<Pane> panes)
    {
        Directory.CreateDirectory(Folder);
        byte[] pixels = new byte[canvas.Width * canvas.Height * 3];
        foreach (Pane pane in panes)
            for (int y = pane.Y; y < pane.Y + pane.Height; y++)
                for (int x = pane.X; x < pane.X + pane.Width; x++)
                    Ground(pixels.AsSpan(((y * canvas.Width) + x) * 3, 3), (x - pane.X) / (float)pane.Width, (y - pane.Y) / (float)pane.Height);
        for (int i = 0; i < canvas.Pixels.Length; i++)
        {
            uint over = canvas.Pixels[i], rest = 255 - (over >> 24);
            for (int c = 0; c < 3; c++)
                pixels[(i * 3) + c] = (byte)Math.Min(255, ((over >> (8 * c)) & 255) + (((pixels[(i * 3) + c] * rest) + 127) / 255));
        }
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(pixels, canvas.Width, canvas.Height);
        image.SaveAsPng(Path.Combine(Folder, name + ".png"));
    }

    /// <summary>Bright sky, a dark body, a busy floor: what text has to be readable over.</summary>
    private static void Ground(Span<byte> pixel, float x, float y)
    {
        float dx = x - 0.5f, dy = (y - 0.45f) * 1.2f, light = y > 0.7f ? ((int)(x * 24) + (int)(y * 24)) % 2 == 0 ? 0.95f : 0.35f : 0.98f - (0.4f * y);
        bool isBody = (dx * dx) + (dy * dy) < 0.07f;
        pixel[0] = (byte)(255 * (isBody ? 0.65f - dx : light));
        pixel[1] = (byte)(255 * (isBody ? 0.3f - (dy * 0.5f) : light));
        pixel[2] = (byte)(255 * (isBody ? 0.25f : Math.Min(1, light * 1.05f)));
    }
}
