using Realtime.Filter.Gpu.Frames;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Gpu.Frames;

/// <summary>Colour conversion on the device against a plain one in float64; RGB is in <see cref="FrameStepTests"/>.</summary>
public sealed class ColourTests(SharedPurifier shared) : IClassFixture<SharedPurifier>
{
    public static TheoryData<FramePixels, int, bool> Kinds
    {
        get
        {
            TheoryData<FramePixels, int, bool> kinds = [];
            foreach (FramePixels pixels in (FramePixels[])[FramePixels.Yuv420p, FramePixels.Nv12])
            {
                foreach (int standard in (int[])[601, 709, 2020])
                {
                    kinds.Add(pixels, standard, true);
                    kinds.Add(pixels, standard, false);
                }
            }

            return kinds;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public void Decoded_pixels_become_RGB_within_a_level_of_the_standard(FramePixels pixels, int standard, bool limited)
    {
        foreach ((int width, int height) in ((int, int)[])[(64, 34), (37, 23), (1, 1)])
            Check(width, height, pixels, standard, limited);
        Assert.Equal([], shared.Purifier.ValidationMessages);
    }

    private void Check(int width, int height, FramePixels pixels, int standard, bool limited)
    {
        YuvPicture picture = new(width, height, pixels);
        FrameColour colour = standard switch
        {
            601 => FrameColour.Bt601(pixels, limited),
            709 => FrameColour.Bt709(pixels, limited),
            _ => FrameColour.Bt2020(pixels, limited),
        };
        Assert.Equal(picture.Bytes.Length, colour.ByteCount(width, height));

        // Tiles side by side hold every pixel once.
        TileGrid grid = new(width, height, 32, 0);
        float[] tiles = FrameSteps.Gather(shared.Purifier, grid, colour, picture.Bytes);
        int different = 0;
        for (int i = 0; i < width * height * 3; i++)
        {
            int x = i / 3 % width, y = i / 3 / width, channel = i % 3;
            int tile = (y / 32 * grid.Columns) + (x / 32);
            double found = 255 * tiles[(tile * grid.TileLength) + (((channel * 32) + (y % 32)) * 32) + (x % 32)];
            double expected = Math.Floor(picture.Rgb(x, y, standard, limited)[channel] + 0.5);
            Assert.InRange(found - expected, -1.01, 1.01);
            different += Math.Abs(found - expected) < 0.5 ? 0 : 1;
        }

        Assert.InRange(different, 0, 1 + (width * height * 3 / 100));
    }
}
