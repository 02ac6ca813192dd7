using Realtime.Filter.Captions.Font;
using Realtime.Viewer.Overlay;

namespace Realtime.Viewer.Tests.Overlay;

public sealed class OverlayCanvasTests
{
    private static readonly Tint White = new(255, 255, 255);

    [Fact]
    public void Every_letter_has_a_glyph_of_its_own()
    {
        foreach (bool isBold in (bool[])[false, true])
        {
            HashSet<string> seen = [];
            foreach (char letter in FontAtlas.Letters)
            {
                Glyph glyph = Typeface.Of(40, isBold).Of(letter);
                Assert.True(letter == ' ' || glyph.Ink.Any(ink => ink > 200), $"'{letter}' is empty");
                Assert.True(seen.Add(Convert.ToHexString(glyph.Ink)) || letter == ' ', $"'{letter}' looks like another");
            }
        }
        for (char letter = ' '; letter <= '~'; letter++)
            Assert.Contains(letter, FontAtlas.Letters);
        Assert.Same(Typeface.Of(20, false).Of('?'), Typeface.Of(20, false).Of('\u4e00'));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(13)]
    [InlineData(24)]
    [InlineData(37)]
    public void Text_is_drawn_where_it_is_measured(int size)
    {
        foreach (TextLook look in (TextLook[])[TextLook.Plain, TextLook.Bold])
        {
            OverlayCanvas canvas = new(600, 100);
            int end = canvas.Text(20, 30, size, White, "MgjH|_WH", look);
            Box drawn = Ink(canvas), measured = new(20, 30, OverlayCanvas.TextWidth(size, "MgjH|_WH"), OverlayCanvas.TextHeight(size));

            Assert.Equal(measured.Right, end);
            Assert.True(measured.Contains(drawn), $"{drawn} is not within {measured}");
            Assert.InRange(drawn.Width, measured.Width - (size / 3) - 1, measured.Width);
            Assert.InRange(drawn.Height, size * 0.8, measured.Height);
        }
    }

    [Fact]
    public void What_lies_outside_is_cut_off()
    {
        OverlayCanvas whole = new(90, 90), window = new(30, 30);
        Paint(whole, 30, 30);
        Paint(window, 0, 0);
        for (int y = 0; y < 30; y++)
            for (int x = 0; x < 30; x++)
                Assert.Equal(whole.Pixels[((y + 30) * 90) + x + 30], window.Pixels[(y * 30) + x]);

        static void Paint(OverlayCanvas canvas, int x, int y)
        {
            canvas.Fill(new Box(x - 10, y - 12, 25, 20), new Tint(255, 0, 0, 90), 6);
            canvas.Fill(new Box(x + 20, y + 22, 30, 30), new Tint(0, 255, 0, 200));
            canvas.Line(x - 20, y + 5, x + 50, y + 35, 3, new Tint(0, 0, 255));
            canvas.Text(x - 9, y - 5, 20, White, "clipped at all", TextLook.Halo);
            canvas.Text(x + 3, y + 21, 20, White, "edges", TextLook.Bold);
        }
    }

    [Fact]
    public void The_dirty_rows_are_those_that_changed()
    {
        OverlayCanvas canvas = new(64, 200);
        canvas.Rows.Uploaded();
        uint[] uploaded = canvas.Pixels.ToArray();
        Action[] frames =
        [
            () => canvas.Fill(new Box(3, 20, 10, 5), White),
            () => canvas.Fill(new Box(3, 90, 20, 20), White, 7),
            () => canvas.Line(5, 150.5f, 40, 158.2f, 2, White),
            () => canvas.Text(4, 60, 15, White, "gh,", TextLook.Halo),
            () => { },
        ];
        foreach (Action draw in frames)
        {
            canvas.Clear();
            draw();
            int first = -1, last = -1;
            for (int y = 0; y < canvas.Height; y++)
            {
                bool changed = !canvas.Pixels.Slice(y * 64, 64).SequenceEqual(uploaded.AsSpan(y * 64, 64));
                Assert.Equal(changed, canvas.Rows.IsChanged(y));
                (first, last) = changed ? (first < 0 ? y : first, y) : (first, last);
            }
            Assert.Equal((first, last + 1), (canvas.DirtyTop, canvas.DirtyBottom));
            int rows = 0;
            for (int from = 0; canvas.Rows.NextRun(from, out int top, out int bottom); from = bottom)
                rows += bottom - top;
            Assert.Equal(Enumerable.Range(0, canvas.Height).Count(canvas.Rows.IsChanged), rows);
            canvas.Rows.Uploaded();
            uploaded = canvas.Pixels.ToArray();
        }
        canvas.Clear();
        Assert.Equal(canvas.DirtyTop, canvas.DirtyBottom);
    }

    [Fact]
    public void Colours_are_premultiplied_and_lie_over_each_other()
    {
        OverlayCanvas canvas = new(4, 4);
        canvas.Fill(new Box(0, 0, 4, 4), new Tint(200, 100, 50, 128));
        Assert.Equal(0x80193264u, canvas.Pixels[0]);
        canvas.Fill(new Box(0, 0, 4, 4), new Tint(255, 255, 255, 255));
        Assert.Equal(uint.MaxValue, canvas.Pixels[5]);
        canvas.Fill(new Box(0, 0, 4, 4), new Tint(0, 0, 0, 51));
        Assert.Equal(0xffccccccu, canvas.Pixels[5]);
    }

    private static Box Ink(OverlayCanvas canvas)
    {
        int left = canvas.Width, top = canvas.Height, right = 0, bottom = 0;
        for (int i = 0; i < canvas.Pixels.Length; i++)
        {
            if (canvas.Pixels[i] == 0)
                continue;
            (int y, int x) = Math.DivRem(i, canvas.Width);
            (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x + 1), Math.Min(top, y), Math.Max(bottom, y + 1));
        }
        return new Box(left, top, right - left, bottom - top);
    }
}
