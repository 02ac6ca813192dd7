using Realtime.Filter.Defences;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Tests.Defences;

public sealed class DefenceFactoryTests
{
    [Theory]
    [InlineData("jpeg-1", typeof(JpegDefence))]
    [InlineData("JPEG-100", typeof(JpegDefence))]
    [InlineData("median-7", typeof(MedianDefence))]
    [InlineData("bits-8", typeof(BitDepthDefence))]
    [InlineData("blur-16", typeof(BlurDefence))]
    [InlineData("blur-.5", typeof(BlurDefence))]
    [InlineData("resize-pad", typeof(ResizePadDefence))]
    [InlineData("noise-63.75", typeof(TransformDefence))]
    [InlineData("noise-255", typeof(TransformDefence))]
    [InlineData("mask-.01", typeof(TransformDefence))]
    [InlineData("RT1", typeof(TransformDefence))]
    [InlineData("rt2", typeof(TransformDefence))]
    public void Names_make_defences(string name, Type type)
    {
        using IDefence defence = DefenceFactory.Create(name);
        Assert.IsType(type, defence);
    }

    [Theory]
    [InlineData("jpeg", "1 to 100")]
    [InlineData("jpeg-0", "1 to 100")]
    [InlineData("jpeg-101", "1 to 100")]
    [InlineData("jpeg-7.5", "1 to 100")]
    [InlineData("median-4", "odd window")]
    [InlineData("median-33", "odd window")]
    [InlineData("bits-0", "1 to 8")]
    [InlineData("bits-9", "1 to 8")]
    [InlineData("blur-0", "above 0")]
    [InlineData("blur-17", "above 0")]
    [InlineData("blur-NaN", "above 0")]
    [InlineData("resize", "resize-pad")]
    [InlineData("noise-0", "255 levels")]
    [InlineData("noise-256", "255 levels")]
    [InlineData("noise", "255 levels")]
    [InlineData("mask-0", "0.01 to 0.99")]
    [InlineData("mask-1", "0.01 to 0.99")]
    [InlineData("mask-NaN", "0.01 to 0.99")]
    [InlineData("rt3", "rt3+maep-patch4")]
    [InlineData("rt4", "rt1, rt2")]
    [InlineData("", "jpeg-75, median-3, bits-4, blur-0.6, resize-pad")]
    public void What_does_not_fit_is_a_usage_error_that_says_what_would(string name, string hint)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => DefenceFactory.Create(name));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }
}
