using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Tests.Purifiers;

public sealed class BatchSizeMemoryTests : IDisposable
{
    private readonly TinyModels models = new();
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-batch-sizes-").FullName;

    public void Dispose()
    {
        models.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void What_was_measured_is_found_again_for_the_same_key_only()
    {
        string key = BatchSizeMemory.Key("abc", "1.29", 2, 405);
        new BatchSizeMemory(folder).Keep(key, 32);

        Assert.Equal(32, new BatchSizeMemory(folder).Find(key));
        Assert.All(
            new[] { BatchSizeMemory.Key("abd", "1.29", 2, 405), BatchSizeMemory.Key("abc", "1.30", 2, 405), BatchSizeMemory.Key("abc", "1.29", 1, 405), BatchSizeMemory.Key("abc", "1.29", 2, 406) },
            other => Assert.Null(new BatchSizeMemory(folder).Find(other)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("many")]
    [InlineData("99999999999")]
    public void A_damaged_entry_counts_for_nothing(string content)
    {
        File.WriteAllText(Path.Combine(folder, "key"), content);

        Assert.Null(new BatchSizeMemory(folder).Find("key"));
    }

    [Fact]
    public void After_a_week_it_is_measured_again()
    {
        BatchSizeMemory memory = new(folder);
        memory.Keep("key", 16);
        File.SetLastWriteTimeUtc(Path.Combine(folder, "key"), DateTime.UtcNow.AddDays(-8));

        Assert.Null(memory.Find("key"));
    }

    [Fact]
    public void Where_nothing_can_be_written_nothing_is_kept_and_nothing_breaks()
    {
        string file = Path.Combine(folder, "a file");
        File.WriteAllText(file, "");
        BatchSizeMemory memory = new(Path.Combine(file, "below"));

        memory.Keep("key", 16);

        Assert.Null(memory.Find("key"));
        Assert.Equal([file], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_purifier_takes_the_size_that_was_kept_and_keeps_the_one_it_measured()
    {
        BatchSizeMemory memory = new(folder);
        using OnnxPurifier purifier = OnnxPurifier.Open(models.Identity(), 2);

        purifier.Prepare(60, memory);
        string entry = Assert.Single(Directory.GetFiles(folder));
        Assert.Equal(purifier.BatchSize.ToString(), File.ReadAllText(entry));

        File.WriteAllText(entry, "7");
        purifier.Prepare(60, memory);
        Assert.Equal(7, purifier.BatchSize);
    }
}
