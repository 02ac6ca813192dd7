using Realtime.Filter.Captions;

namespace Realtime.Filter.Tests.Captions;

public class SideBySideTests
{
    private static readonly string Printable = string.Concat(Enumerable.Range(' ' + 1, '~' - ' ').Select(code => (char)code));

    [Fact]
    public void Every_printable_character_has_its_own_glyph()
    {
        string[] drawings = [.. Printable.Select(letter => Draw(letter.ToString(), 6, 9))];
        Assert.DoesNotContain(Draw(" ", 6, 9), drawings);
        Assert.Equal(Printable.Length, drawings.Distinct().Count());
    }

    [Fact]
    public void A_letter_looks_as_it_was_drawn() => Assert.Equal(
        """
        #....
        #....
        #....
        #....
        #....
        #....
        #####
        .....
        .....
        """.ReplaceLineEndings("\n"), Draw("L", 5, 9));

    [Fact]
    public void Text_beyond_the_edge_is_cut_off()
    {
        byte[] picture = new byte[8 * 4 * 3];
        new Canvas(picture, 8, 4).Text(-3, -2, "EEE", Ink.White, 3);
        Assert.Contains(picture, value => value != 0);
    }

    [Fact]
    public void Panes_show_their_pixels_enlarged_and_in_order()
    {
        SideBySide layout = new(3, 2, 2, 2);
        byte[] first = [.. Enumerable.Repeat((byte)10, 18)], second = [.. Enumerable.Repeat((byte)200, 18)];
        byte[] frame = new byte[layout.Width * layout.Height * 3];
        layout.Compose([new Pane("", first, "", 0, null), new Pane("", second, "", 0, null)], "", frame);

        Assert.Equal(24, frame.Chunk(3).Count(pixel => pixel is [10, 10, 10]));
        Assert.Equal(24, frame.Chunk(3).Count(pixel => pixel is [200, 200, 200]));
        Assert.True(Array.IndexOf(frame, (byte)10) < Array.IndexOf(frame, (byte)200));
        Assert.Equal((0, 0), (layout.Width % 2, layout.Height % 2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_right_verdict_is_green_and_a_wrong_one_vermilion(bool right)
    {
        SideBySide layout = new(60, 10, 1, 2);
        byte[] frame = new byte[layout.Width * layout.Height * 3];
        layout.Compose([new Pane("raw", new byte[1800], "cone", 0.5f, right)], "", frame);
        Assert.Equal(right, Has(frame, Ink.Green));
        Assert.Equal(!right, Has(frame, Ink.Vermilion));
    }

    private static bool Has(byte[] frame, Ink ink) => frame.Chunk(3).Any(pixel => pixel[0] == ink.R && pixel[1] == ink.G && pixel[2] == ink.B);

    private static string Draw(string text, int width, int height)
    {
        byte[] picture = new byte[width * height * 3];
        new Canvas(picture, width, height).Text(0, 0, text, Ink.White, 1);
        string dots = string.Concat(picture.Chunk(3).Select(pixel => pixel[0] == 0 ? '.' : '#'));
        return string.Join('\n', dots.Chunk(width).Select(row => new string(row)));
    }
}
