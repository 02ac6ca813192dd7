using Realtime.Filter.Errors;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using Realtime.Trainer.Training.Losses;

namespace Realtime.Trainer.Tests.Training.Losses;

public sealed class LossDesignTests
{
    private static readonly PurifierRecipe Usual = new(16, 0, 0.5, 0, 0, 0, 0, 0, 1);

    [Fact]
    public void The_designs_are_those_of_the_papers_table() =>
        Assert.Equal(["maep", "purify", "mlm", "reconstruction", "trades-pixel", "trades-latent"], LossDesign.All.Select(d => d.Name));

    [Fact]
    public void Settings_that_a_design_has_a_use_for_are_taken()
    {
        LossDesign.Named("maep").Check(Usual with { MaskRatio = 0.5, CleanShare = 0.2 }, TinyNets.Plain, null);
        LossDesign.Named("mlm").Check(Usual with { MaskRatio = 0.5, MaskAnneal = 2 }, TinyNets.Plain, null);
        LossDesign.Named("trades-pixel").Check(Usual, TinyNets.Plain, 6);
    }

    [Theory]
    [InlineData("maep", 1.0, 2.0, 0.0, null, "--mask-ratio must be")]
    [InlineData("maep", double.NaN, 2.0, 0.0, null, "--mask-ratio must be")]
    [InlineData("maep", 0.0, 2.0, 0.0, 1.0, "--trades-weight")]
    [InlineData("purify", 0.5, 2.0, 0.0, null, "whole pictures")]
    [InlineData("trades-latent", 0.5, 2.0, 0.0, null, "whole pictures")]
    [InlineData("mlm", 0.0, 2.0, 0.0, null, "masks none of 16")]
    [InlineData("mlm", 0.01, 2.0, 0.0, null, "masks none of 16")]
    [InlineData("mlm", 0.5, 0.5, 0.0, null, "to the end")]
    [InlineData("reconstruction", 0.0, 2.0, 0.25, null, "--clean-share 0.25")]
    [InlineData("trades-pixel", 0.0, 2.0, 0.0, 0.0, "above 0")]
    [InlineData("trades-pixel", 0.0, 2.0, 0.0, double.NaN, "above 0")]
    public void Settings_that_it_has_none_for_are_refused_with_the_way_out(string name, double ratio, double anneal, double cleanShare, double? weight, string text)
    {
        PurifierRecipe recipe = Usual with { MaskRatio = ratio, MaskAnneal = anneal, CleanShare = cleanShare };
        UserErrorException error = Assert.Throws<UserErrorException>(() => LossDesign.Named(name).Check(recipe, TinyNets.Plain, weight));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mlm")]
    [InlineData("trades-latent")]
    public void A_design_that_needs_patches_or_latent_tokens_refuses_other_nets(string name)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => LossDesign.Named(name).Check(Usual, DiscoArchitecture.Small, null));

        Assert.Contains($"--loss {name}", error.Message, StringComparison.Ordinal);
        LossDesign.Named("trades-pixel").Check(Usual, DiscoArchitecture.Small, null);
    }
}
