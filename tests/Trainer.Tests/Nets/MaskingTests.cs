using Realtime.Trainer.Nets;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Nets;

public sealed class MaskingTests
{
    [Fact]
    public void At_ratio_zero_shuffle_and_unshuffle_are_exactly_the_identity()
    {
        using DisposeScope scope = NewDisposeScope();
        TokenMask mask = TokenMask.Draw(batch: 3, tokens: 16, ratio: 0, new Random(1));
        Tensor tokens = TinyNets.RandomPictures(3, 8, 2).reshape(3, 16, 12);
        Tensor shuffled = tokens.gather(1, mask.Kept.unsqueeze(-1).expand(3, 16, 12));
        Tensor restored = shuffled.gather(1, mask.Restore.unsqueeze(-1).expand(3, 16, 12));

        Assert.NotEqual(TinyNets.Floats(tokens), TinyNets.Floats(shuffled));
        Assert.Equal(TinyNets.Floats(tokens), TinyNets.Floats(restored));
        Assert.All(TinyNets.Floats(mask.Visible), v => Assert.Equal(1f, v));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_purifier_with_nothing_masked_answers_the_same_in_any_token_order(bool convolutional)
    {
        using DisposeScope scope = NewDisposeScope();
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(convolutional ? TinyNets.Convolutional : TinyNets.Plain);
        Tensor picture = TinyNets.RandomPictures(4, 16, 3);
        TokenMask shuffledOnly = TokenMask.Draw(4, net.Architecture.Tokens, 0, new Random(7));

        // The order changes only in which sequence attention sums, so the difference is rounding.
        Assert.InRange(TinyNets.LargestDifference(net.Purify(picture), net.call(picture, shuffledOnly)), 0f, 1e-5f);
    }

    [Fact]
    public void What_is_masked_does_not_reach_the_output()
    {
        using DisposeScope scope = NewDisposeScope();
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Plain);
        TokenMask mask = TokenMask.Draw(2, 16, 0.5, new Random(4));
        Tensor first = TinyNets.RandomPictures(2, 16, 8);
        Tensor other = TinyNets.RandomPictures(2, 16, 9);
        Tensor visible = mask.Visible.reshape(2, 1, 4, 1, 4, 1).expand(2, 1, 4, 4, 4, 4).reshape(2, 1, 16, 16);
        Tensor mixed = first * visible + other * ((visible - 1f) * -1f);      // differs from first in masked places only

        Assert.Equal(TinyNets.Floats(net.call(first, mask)), TinyNets.Floats(net.call(mixed, mask)));
        Assert.InRange(TinyNets.LargestDifference(net.Purify(first), net.Purify(mixed)), 1e-4f, float.MaxValue);
    }

    [Theory]
    [InlineData(0.5, 8)]
    [InlineData(0.75, 4)]
    [InlineData(0.99, 1)]
    public void The_ratio_says_how_many_patches_the_encoder_sees(double ratio, long kept)
    {
        using DisposeScope scope = NewDisposeScope();
        TokenMask mask = TokenMask.Draw(5, 16, ratio, new Random(1));

        Assert.Equal([5, kept], mask.Kept.shape);
        Assert.Equal(5 * kept, (long)TinyNets.Floats(mask.Visible).Sum());
    }

    [Fact]
    public void A_larger_picture_is_purified_tile_by_tile()
    {
        using DisposeScope scope = NewDisposeScope();
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        Tensor picture = TinyNets.RandomPictures(2, 48, 3);
        Tensor whole = net.Purify(picture);
        Tensor tile = net.Purify(picture.narrow(2, 16, 16).narrow(3, 32, 16));      // second row, third column

        Assert.InRange(TinyNets.LargestDifference(tile, whole.narrow(2, 16, 16).narrow(3, 32, 16)), 0f, 1e-5f);
        Assert.Throws<ArgumentException>(() => net.Purify(TinyNets.RandomPictures(1, 40, 3)));
    }

    [Fact]
    public void Patches_fold_and_unfold_exactly()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor picture = TinyNets.RandomPictures(2, 16, 1);
        Tensor rows = Patches.Fold(picture, 4);

        Assert.Equal([2, 16, 48], rows.shape);
        Assert.Equal(TinyNets.Floats(picture), TinyNets.Floats(Patches.Unfold(rows, 4, 16)));
        // Row 1 is the second patch of the first patch row; its first element is channel 0, row 0, column 4.
        Assert.Equal(TinyNets.Floats(picture)[4], TinyNets.Floats(rows)[48]);
    }

    [Fact]
    public void Positions_differ_between_all_patches_and_follow_row_and_column()
    {
        using Tensor positions = PositionEncoding.Create(4, 24);
        float[][] tokens = [.. TinyNets.Floats(positions).Chunk(24)];

        Assert.Equal(16, tokens.Select(t => string.Join(',', t)).Distinct().Count());
        Assert.Equal(tokens[0][..12], tokens[1][..12]);         // same row, next column: the row half is the same
        Assert.Equal(tokens[0][12..], tokens[4][12..]);         // same column, next row
        Assert.Throws<ArgumentException>(() => PositionEncoding.Create(4, 22));
    }
}
