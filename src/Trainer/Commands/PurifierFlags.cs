using System.CommandLine;
using Realtime.Filter.Errors;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;

namespace Realtime.Trainer.Commands;

/// <summary>The flags of train purifier that choose the net.</summary>
internal sealed class PurifierFlags
{
    private const string Plain = "maep", Convolutional = "maep-conv", Disco = DiscoArchitecture.Name, Impure = ImpureArchitecture.Name;

    private const int HeadWidth = 32;

    private readonly Option<string> model = new("--model")
    {
        Description = "maep (the paper's plain model), maep-conv (convolutional stem and head, residual), disco (residual convolutions and a local implicit function) or impure (regional-intersection autoencoder).",
        DefaultValueFactory = _ => Convolutional,
    };

    private readonly Option<int> patch = new("--patch") { Description = "Patch edge in pixels (all but disco).", DefaultValueFactory = _ => 4 };
    private readonly Option<int?> width = new("--width") { Description = "Width of a token, a multiple of 32, which is a head (maep, maep-conv; default 96), or feature maps of the encoder (disco; default 32, the paper has 64)." };
    private readonly Option<int?> blocks = new("--blocks") { Description = "Blocks of the encoder: of a transformer (default for maep 4, for maep-conv 3), or residual ones (disco; default 16)." };
    private readonly Option<int?> stem = new("--stem") { Description = "Channels of the convolutions around the transformer, a multiple of 4 (maep-conv; default 32)." };
    private readonly Option<bool> residual = new("--residual") { Description = "Predict a change of the input instead of the picture anew (disco; the paper predicts anew)." };

    private readonly Option<string> combination = new("--combination")
    {
        Description = "How attacked patches are left in the picture that the perceptual loss sees (impure): grey (every patch a share of its own, as in the paper) or binary (a half to a quarter of the patches whole, as in its code).",
        DefaultValueFactory = _ => "grey",
    };

    private readonly Option<double> perceptual = new("--perceptual-weight")
    {
        Description = "Weight of the perceptual loss beside the pixels' (impure); 1 is the paper's. A net from nothing hardly learns by it: begin with 0, go on with --init.",
        DefaultValueFactory = _ => 1.0,
    };

    internal void AddTo(Command command)
    {
        model.AcceptOnlyFromAmong(Plain, Convolutional, Disco, Impure);
        patch.AcceptOnlyFromAmong("2", "4", "8");
        combination.AcceptOnlyFromAmong("grey", "binary");
        foreach (Option option in new Option[] { model, patch, width, blocks, stem, residual, combination, perceptual })
            command.Add(option);
    }

    /// <summary>The shape of the net that was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="ofMaep">Flags that only masked autoencoders have.</param>
    /// <param name="notOfImpure">Flags of losses that IMPure does not have, as it has its own.</param>
    /// <exception cref="UserErrorException">A flag of another net is given, or a number is out of range (<see cref="ExitCode.Usage"/>).</exception>
    internal IPurifierArchitecture Architecture(ParseResult parsed, Option[] ofMaep, Option[] notOfImpure)
    {
        string name = parsed.GetValue(model)!;
        if (name != Disco)
            Refuse(parsed, name, residual);
        if (name != Convolutional)
            Refuse(parsed, name, stem);
        if (name != Impure)
            Refuse(parsed, name, combination, perceptual);
        if (name is Disco or Impure)
            Refuse(parsed, name, ofMaep);
        switch (name)
        {
            case Disco:
                Refuse(parsed, name, patch);
                return DiscoArchitecture.Small with { Width = Multiple(parsed, width, 1, DiscoArchitecture.Small.Width), Blocks = Multiple(parsed, blocks, 1, DiscoArchitecture.Small.Blocks), Residual = parsed.GetValue(residual) };
            case Impure:
                Refuse(parsed, name, [width, blocks, .. notOfImpure]);
                return ImpureArchitecture.Small(parsed.GetValue(patch));
            default:
                PurifierArchitecture usual = name == Plain ? PurifierArchitecture.Plain(parsed.GetValue(patch)) : PurifierArchitecture.Convolutional(parsed.GetValue(patch));
                int tokens = Multiple(parsed, width, HeadWidth, usual.Width);
                return usual with { Width = tokens, Heads = tokens / HeadWidth, Encoder = Multiple(parsed, blocks, 1, usual.Encoder), Stem = Multiple(parsed, stem, 4, usual.Stem) };
        }
    }

    /// <summary>The random combination that was asked for.</summary>
    internal CombinationKind Combination(ParseResult parsed) => parsed.GetValue(combination) == "grey" ? CombinationKind.Grey : CombinationKind.Binary;

    /// <summary>The weight of the perceptual loss that was asked for.</summary>
    /// <exception cref="UserErrorException">It is below 0 (<see cref="ExitCode.Usage"/>).</exception>
    internal double PerceptualWeight(ParseResult parsed)
    {
        double weight = parsed.GetValue(perceptual);
        Flags.Require(weight >= 0, perceptual, "at least 0", weight);
        return weight;
    }

    private static void Refuse(ParseResult parsed, string model, params Option[] others) => Flags.Refuse(parsed, $"has no meaning for --model {model}", others);

    private static int Multiple(ParseResult parsed, Option<int?> option, int of, int usual)
    {
        if (parsed.GetValue(option) is not int value)
            return usual;
        Flags.Require(value >= 1 && value % of == 0, option, of == 1 ? "at least 1" : $"a multiple of {of}, at least {of}", value);
        return value;
    }
}
