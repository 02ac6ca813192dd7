using Realtime.Trainer.Nets;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Nets;

public sealed class LatentTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_latent_tokens_are_the_encoders_and_the_decoder_has_no_say_in_them(bool convolutional)
    {
        using DisposeScope scope = NewDisposeScope();
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(convolutional ? TinyNets.Convolutional : TinyNets.Plain);
        Tensor picture = TinyNets.RandomPictures(2, 16, 1);
        Tensor latent = net.Latent(picture);
        Tensor purified = net.Purify(picture);
        using (no_grad())
        {
            foreach ((_, Parameter parameter) in net.DecoderParameters())
                parameter.mul_(1.5);
        }

        Assert.Equal([2, 16, 24], latent.shape);
        Assert.Equal(TinyNets.Floats(latent), TinyNets.Floats(net.Latent(picture)));
        Assert.NotEqual(TinyNets.Floats(purified), TinyNets.Floats(net.Purify(picture)));
    }

    [Fact]
    public void A_larger_picture_has_a_row_of_tokens_for_each_tile()
    {
        using DisposeScope scope = NewDisposeScope();
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Plain);
        Tensor picture = TinyNets.RandomPictures(1, 32, 3);
        Tensor third = net.Latent(picture.narrow(2, 16, 16).narrow(3, 0, 16));      // second row, first column

        Assert.InRange(TinyNets.LargestDifference(third, net.Latent(picture).narrow(0, 2, 1)), 0f, 1e-5f);
    }

    [Fact]
    public void The_masks_pixels_are_its_patches_spread_out()
    {
        using DisposeScope scope = NewDisposeScope();
        TokenMask mask = TokenMask.Draw(2, 4, 0.5, new Random(1));
        float[] visible = TinyNets.Floats(mask.Visible);
        float[] pixels = TinyNets.Floats(mask.Pixels(6));

        Assert.Equal(2 * 36, pixels.Length);
        Assert.Equal(visible[1], pixels[5]);            // the top right corner is in the second patch
        Assert.Equal(visible[4 + 2], pixels[36 + 30]);  // the second tile's bottom left corner in its third
        Assert.Equal(36, pixels.Sum());
    }
}
