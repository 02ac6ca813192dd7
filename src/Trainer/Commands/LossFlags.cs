using System.CommandLine;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using Realtime.Trainer.Training.Losses;

namespace Realtime.Trainer.Commands;

/// <summary>The flags that choose a loss design and its masks.</summary>
internal sealed class LossFlags
{
    private readonly Option<string> loss = new("--loss") { Description = "Loss design of the paper: maep (its own), purify (DISCO's), mlm (first stage of masked modelling), reconstruction, trades-pixel, trades-latent.", DefaultValueFactory = _ => "maep" };
    private readonly Option<double?> weight = new("--trades-weight") { Description = $"Weight of the second term of a trades loss. Default: {LossDesign.UsualTradesWeight}." };
    private readonly Option<double> ratio = new("--mask-ratio") { Description = "Share r of masked patches at the start (losses maep and mlm).", DefaultValueFactory = _ => 0.0 };
    private readonly Option<double?> anneal = new("--mask-anneal") { Description = "Share of the steps after which r is 0; 2 keeps r throughout. Default: 0.5, with the loss mlm 2." };

    internal void AddTo(Command command)
    {
        loss.AcceptOnlyFromAmong([.. LossDesign.All.Select(d => d.Name)]);
        foreach (Option option in new Option[] { loss, weight, ratio, anneal })
            command.Add(option);
    }

    /// <summary>What has a meaning for masked autoencoders alone.</summary>
    internal Option[] Masks => [ratio, anneal];

    /// <summary>What chooses a design.</summary>
    internal Option[] Designs => [loss, weight];

    internal double MaskRatio(ParseResult parsed) => parsed.GetValue(ratio);

    internal double MaskAnneal(ParseResult parsed) => parsed.GetValue(anneal) ?? (Design(parsed).Masks == MaskUse.Always ? 2 : 0.5);

    /// <summary>Refuses what does not go with the chosen design; see <see cref="LossDesign.Check"/>.</summary>
    internal void Check(ParseResult parsed, PurifierRecipe recipe, IPurifierArchitecture architecture) => Design(parsed).Check(recipe, architecture, parsed.GetValue(weight));

    internal IPurifierLoss Create(ParseResult parsed, Distance distance, PurifierNet net) =>
        Design(parsed).Create(distance, parsed.GetValue(weight) ?? LossDesign.UsualTradesWeight, net);

    /// <summary>The design in words, for the recipe.</summary>
    internal string Describe(ParseResult parsed) =>
        Design(parsed).IsTrades ? FormattableString.Invariant($"{Design(parsed).Name} x{parsed.GetValue(weight) ?? LossDesign.UsualTradesWeight}") : Design(parsed).Name;

    private LossDesign Design(ParseResult parsed) => LossDesign.Named(parsed.GetValue(loss)!);
}
