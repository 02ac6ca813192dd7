using System.Globalization;
using System.Xml.Linq;
using Realtime.Filter.Errors;
using Realtime.Filter.Plots;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Filter.Tests.Plots;

public sealed class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static BarChart Bars => new()
    {
        Title = "Accuracy under <attack>",
        Subtitle = "CIFAR-10, linf 8/255, 1,000 pictures, 95 % intervals",
        ValueLabel = "accuracy, %",
        Categories = ["undefended", "transfer (non-adaptive)", "full gradient"],
        Series = [new("none", [new(0, 0, 0, 0.4), new(1, double.NaN), new(2, 0)]), new("median-3", [new(0, 80.5, 78, 83), new(1, 42.45), new(2, 100)])],
    };

    private static LineChart Lines => new()
    {
        Title = "Accuracy against eps",
        ValueLabel = "accuracy, %",
        PlaceLabel = "eps, 1/255",
        Series = [new("full gradient", [new(0, 90, 88, 92), new(4, 40), new(8, double.NaN), new(16, 0)])],
    };

    [Fact]
    public void A_bar_is_as_high_as_its_value_and_what_was_not_measured_has_none()
    {
        XElement svg = XElement.Parse(Bars.ToSvg());
        double[] heights = [.. svg.Elements(Svg + "rect").Where(rect => rect.Attribute("fill")!.Value == "#e69f00").Skip(1).Select(rect => Number(rect, "height"))];
        XElement[] axis = [.. svg.Elements(Svg + "rect").Where(rect => rect.Attribute("fill")!.Value is "#e4e7ec" or "#787e8a")];
        double plot = axis.Max(rect => Number(rect, "y")) - axis.Min(rect => Number(rect, "y"));

        Assert.Equal(3, heights.Length);
        Assert.Equal(0.805 * plot, heights[0], 0.05);
        Assert.Equal(plot, heights[2], 0.05);
        string[] words = [.. svg.Elements(Svg + "text").Select(text => text.Value)];
        Assert.Contains("42.5", words);
        Assert.Contains("–", words);
        Assert.Contains("transfer (non-adaptive)", words);
        Assert.Contains("Accuracy under <attack>", words);
    }

    [Fact]
    public void Long_names_break_where_the_chart_is_narrow()
    {
        XElement svg = XElement.Parse(new BarChart { Title = "t", ValueLabel = "v", Categories = Bars.Categories, Series = Bars.Series, Width = 480 }.ToSvg());

        XElement[] words = [.. svg.Elements(Svg + "text").Where(text => text.Value is "transfer" or "(non-adaptive)")];

        Assert.Equal(2, words.Length);
        Assert.True(Number(words[0], "y") < Number(words[1], "y"));
    }

    [Fact]
    public void A_curve_goes_through_its_points_and_skips_what_was_not_measured()
    {
        XElement svg = XElement.Parse(Lines.ToSvg());

        XElement[] dots = [.. svg.Elements(Svg + "circle")];
        string curve = svg.Elements(Svg + "polyline").First().Attribute("points")!.Value;

        Assert.Equal(3, dots.Length);
        Assert.Equal(3, curve.Split(' ').Length);
        double quarter = Number(dots[0], "cx") + ((Number(dots[2], "cx") - Number(dots[0], "cx")) / 4);
        Assert.Equal(quarter, Number(dots[1], "cx"), 0.02);
        Assert.True(Number(dots[0], "cy") < Number(dots[1], "cy"));
    }

    [Fact]
    public void The_png_shows_what_the_svg_says()
    {
        foreach (Chart chart in (Chart[])[Bars, Lines])
        {
            RasterPen pixels = chart.ToPixels(1);
            XElement svg = XElement.Parse(chart.ToSvg());
            Assert.Equal(Number(svg, "width"), pixels.Width);
            foreach (XElement rect in svg.Elements(Svg + "rect").Where(rect => Number(rect, "width") > 10 && Number(rect, "height") is > 10 and < 300))
            {
                int x = (int)(Number(rect, "x") + 4), y = (int)(Number(rect, "y") + (Number(rect, "height") / 2));
                ReadOnlySpan<byte> pixel = pixels.Pixels.Slice(((y * pixels.Width) + x) * 3, 3);
                Assert.Equal(rect.Attribute("fill")!.Value, $"#{pixel[0]:x2}{pixel[1]:x2}{pixel[2]:x2}");
            }
        }
    }

    [Fact]
    public void Files_are_written_by_their_extension_and_other_extensions_refused()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string svg = Path.Combine(folder, "chart.svg"), png = Path.Combine(folder, "chart.png");
            Bars.Write(svg);
            Bars.Write(png);

            Assert.Equal(Bars.ToSvg(), File.ReadAllText(svg));
            using Image<Rgb24> picture = Image.Load<Rgb24>(png);
            Assert.Equal((1920, 1080), (picture.Width, picture.Height));
            Assert.Equal(2, Directory.GetFiles(folder).Length);
            Assert.Equal(ExitCode.Usage, Assert.Throws<UserErrorException>(() => Bars.Write(Path.Combine(folder, "chart.pdf"))).ExitCode);
            Assert.Equal(ExitCode.Failed, Assert.Throws<UserErrorException>(() => Bars.Write(Path.Combine(folder, "none", "chart.svg"))).ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(0, 100, new[] { 0.0, 20, 40, 60, 80, 100 })]
    [InlineData(0, 1, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(20, 40, new[] { 20.0, 25, 30, 35, 40 })]
    public void Ticks_are_round(double least, double most, double[] expected) => Assert.Equal(expected, Ticks.Between(least, most, 6));

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
