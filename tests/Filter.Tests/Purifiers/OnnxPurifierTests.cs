using Realtime.Filter.Errors;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Tests.Purifiers;

public sealed class OnnxPurifierTests : IDisposable
{
    private const int TileLength = 3 * 32 * 32;

    private readonly TinyModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(31, 2)]
    [InlineData(70, 3)]
    public void Every_tile_is_purified_whatever_the_count_and_the_threads(int count, int threads)
    {
        using OnnxPurifier purifier = OnnxPurifier.Open(models.Invert(), threads);
        float[] tiles = Random(count * TileLength);
        float[] purified = new float[tiles.Length];

        purifier.Purify(tiles, purified, count);

        Assert.Equal((32, "invert", threads), (purifier.TileSize, purifier.Name, purifier.Threads));
        for (int i = 0; i < tiles.Length; i++)
            Assert.Equal(1 - tiles[i], purified[i], 1e-6f);
    }

    [Fact]
    public void Only_the_tiles_asked_for_are_written()
    {
        using OnnxPurifier purifier = OnnxPurifier.Open(models.Identity(), 2);
        float[] purified = new float[5 * TileLength];

        purifier.Purify(Random(5 * TileLength), purified, 3);

        Assert.All(purified.AsSpan(3 * TileLength).ToArray(), value => Assert.Equal(0, value));
        Assert.NotEqual(0, purified[(3 * TileLength) - 1]);
    }

    [Fact]
    public void Other_buffers_and_more_of_them_than_are_remembered_give_right_results()
    {
        using OnnxPurifier purifier = OnnxPurifier.Open(models.Invert(), 2);
        float[][] inputs = [.. Enumerable.Range(0, 12).Select(i => Random(2 * TileLength))];
        for (int round = 0; round < 2; round++)
        {
            foreach (float[] input in inputs)
            {
                float[] output = new float[input.Length];
                purifier.Purify(input, output, 2);
                Assert.Equal(1 - input[^1], output[^1], 1e-6f);
            }
        }
    }

    [Fact]
    public void A_batch_size_is_chosen_by_measuring_and_is_no_larger_than_a_core_s_share()
    {
        using OnnxPurifier purifier = OnnxPurifier.Open(models.Identity(), 2);

        purifier.ChooseBatchSize(60);
        Assert.Contains(purifier.BatchSize, new[] { 4, 8, 16, 30 });
        purifier.ChooseBatchSize(3);
        Assert.Equal(2, purifier.BatchSize);
    }

    [Fact]
    public void A_frame_costs_no_managed_memory()
    {
        using OnnxPurifier purifier = OnnxPurifier.Open(models.Identity(), 1);
        float[] tiles = Random(4 * TileLength);
        float[] purified = new float[tiles.Length];
        for (int i = 0; i < 10; i++)
            purifier.Purify(tiles, purified, 4);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            purifier.Purify(tiles, purified, 4);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_classifier_is_rejected_with_what_was_expected_and_found()
    {
        string path = models.Classifier();

        UserErrorException error = Assert.Throws<UserErrorException>(() => OnnxPurifier.Open(path));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("expected one float32 input [N, 3, S, S]", error.Message, StringComparison.Ordinal);
        Assert.Contains("found input 'picture' float32 [N, 3, 32, 32] and output 'purified' float32 [N, 3072]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fixed_batch_an_oblong_tile_and_a_batch_that_only_claims_to_be_free_are_rejected()
    {
        foreach (string path in new[] { models.FixedBatch(), models.Oblong(), models.SecretlyFixedBatch() })
        {
            UserErrorException error = Assert.Throws<UserErrorException>(() => OnnxPurifier.Open(path));
            Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
            Assert.Contains("found input 'picture' float32", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("this is not a model")]
    [InlineData("")]
    public void A_corrupt_file_is_rejected_in_one_line(string content)
    {
        string path = Path.Combine(models.Folder, "corrupt.onnx");
        File.WriteAllText(path, content);

        UserErrorException error = Assert.Throws<UserErrorException>(() => OnnxPurifier.Open(path));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_model_cut_off_in_the_middle_is_rejected()
    {
        string path = models.Invert();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..60]);

        Assert.Equal(ExitCode.ModelRejected, Assert.Throws<UserErrorException>(() => OnnxPurifier.Open(path)).ExitCode);
    }

    private static float[] Random(int length)
    {
        Random random = new(length);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle())];
    }
}
