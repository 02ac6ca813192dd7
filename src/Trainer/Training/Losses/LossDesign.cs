using Realtime.Filter.Errors;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Training.Losses;

/// <summary>A loss design of MAEP's Table 12: its name, what it needs, and how it is made.</summary>
/// <remarks>
/// Our copies of the paper have lost the formulas of Eq. 13, 15 and 16; they are written here from the paper's words about each of their terms. It names
/// no weight for the second term of TRADES: 1 is ours.
/// </remarks>
/// <param name="Name">The name, as --loss takes it.</param>
/// <param name="Masks">Whether the attacked picture may, must or must not be masked.</param>
/// <param name="TakesClean">Every clean picture is an input of its own beside the attacked one.</param>
/// <param name="IsTrades">The second term has a weight.</param>
/// <param name="NeedsEncoder">It asks for what masked autoencoders alone have: masked patches, or latent tokens.</param>
/// <param name="Create">Makes the loss from the distance, that weight and the net it will train.</param>
public sealed record LossDesign(
    string Name, MaskUse Masks, bool TakesClean, bool IsTrades, bool NeedsEncoder, Func<Distance, double, PurifierNet, IPurifierLoss> Create)
{
    /// <summary>The weight of TRADES' second term where none is given.</summary>
    public const double UsualTradesWeight = 1;

    /// <summary>All designs.</summary>
    public static IReadOnlyList<LossDesign> All { get; } =
    [
        new("maep", MaskUse.Optional, false, false, false, (distance, _, _) => new MaepLoss(distance)),
        new("purify", MaskUse.Never, false, false, false, (distance, _, _) => new PurifyLoss(distance)),
        new("mlm", MaskUse.Always, false, false, true, (distance, _, net) => new MlmLoss(distance, net.Architecture.Size)),
        new("reconstruction", MaskUse.Never, true, false, false, (distance, _, _) => new ReconstructionLoss(distance)),
        new("trades-pixel", MaskUse.Never, true, true, false, (distance, weight, _) => new TradesPixelLoss(distance, weight)),
        new("trades-latent", MaskUse.Never, true, true, true, (distance, weight, net) => new TradesLatentLoss(distance, weight, ((MaskedAutoencoderPurifier)net).Latent)),
    ];

    /// <summary>The design of this name, one of <see cref="All"/>.</summary>
    public static LossDesign Named(string name) => All.Single(d => d.Name == name);

    /// <summary>Refuses settings that this design has no use for, before anything long begins.</summary>
    /// <param name="recipe">The settings of the training.</param>
    /// <param name="architecture">The net that will be trained.</param>
    /// <param name="tradesWeight">The weight, where one was given.</param>
    /// <exception cref="UserErrorException">A setting does not go with this loss, or is out of range (<see cref="ExitCode.Usage"/>).</exception>
    public void Check(PurifierRecipe recipe, IPurifierArchitecture architecture, double? tradesWeight)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(architecture);
        int tokens = architecture.Tokens;
        if (NeedsEncoder && architecture is not PurifierArchitecture)
            throw Error($"--loss {Name} looks at the masked autoencoder's patches or latent tokens; a net of kind {architecture.Kind} has none. Use --model maep or maep-conv.");
        if (recipe.MaskRatio is not (>= 0 and < 1))
            throw Error($"--mask-ratio must be at least 0 and below 1, found {recipe.MaskRatio}.");
        if (Masks == MaskUse.Never && recipe.MaskRatio > 0)
            throw Error($"--mask-ratio {recipe.MaskRatio}: --loss {Name} is defined on whole pictures. Leave --mask-ratio out, or use --loss maep or mlm.");
        if (Masks == MaskUse.Always && TokenMask.KeptOf(tokens, recipe.MaskRatio) == tokens)
            throw Error($"--loss {Name} learns from masked patches only, and --mask-ratio {recipe.MaskRatio} masks none of {tokens}. Give --mask-ratio 0.5 as the paper does.");
        if (Masks == MaskUse.Always && recipe.MaskAnneal <= 1)
            throw Error($"--mask-anneal {recipe.MaskAnneal}: --loss {Name} needs masked patches to the end. Leave it out, or give 2.");
        if (TakesClean && recipe.CleanShare > 0)
            throw Error($"--clean-share {recipe.CleanShare}: --loss {Name} takes every clean picture in beside the attacked one. Leave --clean-share out.");
        if (!IsTrades && tradesWeight is not null)
            throw Error($"--trades-weight: --loss {Name} has no such weight. Leave it out, or use --loss {string.Join(" or ", All.Where(d => d.IsTrades).Select(d => d.Name))}.");
        if (tradesWeight is double weight && !(weight > 0 && double.IsFinite(weight)))
            throw Error($"--trades-weight must be above 0, found {weight}.");

        static UserErrorException Error(FormattableString text) => new(ExitCode.Usage, FormattableString.Invariant(text));
    }
}
