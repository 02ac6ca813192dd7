using Realtime.Filter.Errors;
using Realtime.Viewer.Live;

namespace Realtime.Viewer.Tests.Live;

public sealed class SourceTruthTests : IDisposable
{
    private static readonly string[] Labels = ["cat", "dog", "ship"];

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void One_label_is_that_of_every_frame()
    {
        SourceTruth truth = SourceTruth.Parse("Dog", "tiny", Labels);
        Assert.Equal(1, truth.At(0));
        Assert.Equal(1, truth.At(1L << 40));
    }

    [Theory]
    [InlineData("first_frame,last_frame,label\n")]
    [InlineData("")]
    public void A_table_says_it_frame_by_frame(string header)
    {
        File.WriteAllText(file, header + "30, 39, ship\n0,9,cat\n\n10,19,dog\n");
        SourceTruth truth = SourceTruth.Parse(file, "tiny", Labels);
        Assert.Equal([0, 0, 1, 1, -1, -1, 2, 2, -1], new long[] { 0, 9, 10, 19, 20, 29, 30, 39, 40 }.Select(truth.At));
    }

    [Theory]
    [InlineData("0,9,cat\n10,19,cow", "line 2: 'cow' is no label of 'tiny', which has cat, dog, ship")]
    [InlineData("0,9", "line 1: '0,9' is not first_frame,last_frame,label, such as 0,24,cat")]
    [InlineData("9,0,cat", "line 1: '9,0,cat' is not")]
    [InlineData("a,0,cat", "line 1: 'a,0,cat' is not")]
    [InlineData("0,9,cat\n5,19,dog", "says frame 5 twice, in 0-9 and in 5-19")]
    [InlineData("first_frame,last_frame,label\n", "has no line of")]
    public void A_wrong_table_is_named_with_its_line(string table, string told)
    {
        File.WriteAllText(file, table);
        UserErrorException error = Assert.Throws<UserErrorException>(() => SourceTruth.Parse(file, "tiny", Labels));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_neither_a_label_nor_a_file_is_refused_with_the_labels()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => SourceTruth.Parse("cow", "tiny", Labels));
        Assert.Equal("--labels 'cow' is neither a file nor a label of 'tiny', which has cat, dog, ship.", error.Message);
    }
}
