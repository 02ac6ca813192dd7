using System.CommandLine;
using Realtime.Filter.Errors;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;

namespace Realtime.Trainer.Commands;

/// <summary>The flags of train purifier that choose the net.</summary>
internal sealed class PurifierFlags
{
    private const string Plain = "maep", Convolutional = "maep-conv", Disco = DiscoArchitecture.Name, Impure = ImpureArchitecture.Name;

    private readonly Option<string> model = new("--model")
    {
        Description = "maep (the paper's plain model), maep-conv (convolutional stem and head, residual), disco (residual convolutions and a local implicit function) or impure (regional-intersection autoencoder).",
        DefaultValueFactory = _ => Convolutional,
    };

    private readonly Option<int> patch = new("--patch") { Description = "Patch edge in pixels (all but disco).", DefaultValueFactory = _ => 4 };
    private readonly Option<int> width = new("--width") { Description = "Feature maps of the encoder (disco; the paper has 64).", DefaultValueFactory = _ => DiscoArchitecture.Small.Width };
    private readonly Option<int> blocks = new("--blocks") { Description = "Residual blocks of the encoder (disco).", DefaultValueFactory = _ => DiscoArchitecture.Small.Blocks };
    private readonly Option<bool> residual = new("--residual") { Description = "Predict a change of the input instead of the picture anew (disco; the paper predicts anew)." };

    private readonly Option<string> combination = new("--combination")
    {
        Description = "How attacked patches are left in the picture that the perceptual loss sees (impure): grey (every patch a share of its own, as in the paper) or binary (a half to a quarter of the patches whole, as in its code).",
        DefaultValueFactory = _ => "grey",
    };

    internal void AddTo(Command command)
    {
        model.AcceptOnlyFromAmong(Plain, Convolutional, Disco, Impure);
        patch.AcceptOnlyFromAmong("2", "4", "8");
        combination.AcceptOnlyFromAmong("grey", "binary");
        foreach (Option option in new Option[] { model, patch, width, blocks, residual, combination })
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
            Refuse(parsed, name, width, blocks, residual);
        if (name != Impure)
            Refuse(parsed, name, combination);
        if (name is Disco or Impure)
            Refuse(parsed, name, ofMaep);
        switch (name)
        {
            case Disco:
                Refuse(parsed, name, patch);
                return DiscoArchitecture.Small with { Width = Positive(parsed, width), Blocks = Positive(parsed, blocks), Residual = parsed.GetValue(residual) };
            case Impure:
                Refuse(parsed, name, notOfImpure);
                return ImpureArchitecture.Small(parsed.GetValue(patch));
            default:
                return name == Plain ? PurifierArchitecture.Plain(parsed.GetValue(patch)) : PurifierArchitecture.Convolutional(parsed.GetValue(patch));
        }
    }

    /// <summary>The random combination that was asked for.</summary>
    internal CombinationKind Combination(ParseResult parsed) => parsed.GetValue(combination) == "grey" ? CombinationKind.Grey : CombinationKind.Binary;

    private static void Refuse(ParseResult parsed, string model, params Option[] others)
    {
        if (others.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is Option given)
            throw new UserErrorException(ExitCode.Usage, $"{given.Name} has no meaning for --model {model}; leave it out.");
    }

    private static int Positive(ParseResult parsed, Option<int> option) => parsed.GetValue(option) is int value and > 0
        ? value
        : throw new UserErrorException(ExitCode.Usage, $"{option.Name} must be at least 1, found {parsed.GetValue(option)}.");
}
