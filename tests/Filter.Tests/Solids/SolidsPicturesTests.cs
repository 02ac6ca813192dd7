using System.Security.Cryptography;
using Realtime.Filter.Solids;

namespace Realtime.Filter.Tests.Solids;

public class SolidsPicturesTests
{
    private const int Side = 48;

    [Fact]
    public void There_are_ten_different_labels() => Assert.Equal(10, SolidsPictures.Labels.Distinct().Count());

    // Trained models are only right about the pictures they were trained on: a change of these bytes needs new models.
    [Theory]
    [InlineData(1, 0, "10e5dcfdc79bff6b11e7ce256389b4f00bca281984948896a222cc37cb8a062c")]
    [InlineData(1, 1, "5ae6cba319db9af5e20b9abcb55df8da168d2e97d8ed61881e3cfed5f887f454")]
    [InlineData(2, 5_000_000_000, "be5128d1dd7e62f04be8c8919506a09b33ed1af5f75289bd7f8dabf719f193a3")]
    public void A_picture_has_the_same_bytes_on_every_machine(int seed, long index, string sha256)
    {
        byte[] picture = new byte[SolidsPictures.Size * SolidsPictures.Size * 3];
        SolidsPictures.Render((ulong)seed, index, SolidsPictures.Size, SolidsPictures.Size, picture);
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(picture)));
    }

    [Fact]
    public void Threads_do_not_disturb_each_other()
    {
        byte[][] alone = [.. Enumerable.Range(0, 16).Select(i => Render(3, i))];
        byte[][] together = new byte[16][];
        Parallel.For(0, 16, i => together[i] = Render(3, i));
        for (int i = 0; i < 16; i++)
            Assert.Equal(alone[i], together[i]);
    }

    [Fact]
    public void Labels_are_uniform()
    {
        const int Pictures = 2000;
        int[] counts = new int[10];
        byte[] picture = new byte[3];
        for (int i = 0; i < Pictures; i++)
            counts[SolidsPictures.Render(11, i, 1, 1, picture)]++;

        // Five standard deviations of a binomial count around its mean of 200.
        Assert.All(counts, count => Assert.InRange(count, 200 - 67, 200 + 67));
    }

    [Fact]
    public void Seeds_and_indices_give_different_pictures()
    {
        byte[][] pictures = [Render(1, 0), Render(1, 1), Render(2, 0), Render(2, 1)];
        Assert.Equal(4, pictures.Select(Convert.ToHexString).Distinct().Count());
    }

    // Seen in the pictures alone: the middle of the picture differs from the wall at its edge.
    [Fact]
    public void The_solid_stands_out_from_the_wall_in_every_class()
    {
        double[] contrast = new double[10];
        int[] counts = new int[10];
        byte[] picture = new byte[Side * Side * 3];
        for (int i = 0; i < 300; i++)
        {
            int label = SolidsPictures.Render(5, i, Side, Side, picture);
            counts[label]++;
            contrast[label] += ShareUnlikeTheBorder(picture);
        }

        for (int label = 0; label < 10; label++)
            Assert.InRange(contrast[label] / counts[label], 0.1, 0.7);
    }

    [Fact]
    public void A_buffer_of_the_wrong_size_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SolidsPictures.Render(1, 0, Side, Side, new byte[7]));

    private static byte[] Render(ulong seed, long index)
    {
        byte[] picture = new byte[Side * Side * 3];
        SolidsPictures.Render(seed, index, Side, Side, picture);
        return picture;
    }

    // The share of pixels that lie farther from every pixel of the picture's frame than neighbours in one pattern do.
    private static double ShareUnlikeTheBorder(byte[] picture)
    {
        List<int> border = [];
        for (int i = 0; i < Side; i++)
            border.AddRange([i, (Side - 1) * Side + i, i * Side, i * Side + Side - 1]);

        int unlike = 0;
        for (int pixel = 0; pixel < Side * Side; pixel++)
        {
            int nearest = border.Min(edge => Difference(picture, pixel, edge));
            if (nearest > 60)
                unlike++;
        }
        return unlike / (double)(Side * Side);
    }

    private static int Difference(byte[] picture, int a, int b) =>
        Math.Abs(picture[3 * a] - picture[3 * b])
        + Math.Abs(picture[3 * a + 1] - picture[3 * b + 1])
        + Math.Abs(picture[3 * a + 2] - picture[3 * b + 2]);
}
