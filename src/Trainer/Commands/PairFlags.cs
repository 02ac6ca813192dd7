using System.CommandLine;
using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using Realtime.Trainer.Training.Losses;
using static TorchSharp.torch;

namespace Realtime.Trainer.Commands;

/// <summary>The flags of every command that trains on pairs: which pairs, how many steps, what else counts in the loss.</summary>
internal sealed class PairFlags(long defaultSteps, double defaultRate)
{
    /// <summary>Test pictures that the measurement during training looks at.</summary>
    private const int ProbeCount = 500;

    /// <summary>Steps of the attack on them.</summary>
    private const int ProbeSteps = 20;

    private readonly Option<string> data = new("--data") { Description = $"The pictures, cut into tiles: {PictureSets.Forms}.", Required = true };
    private readonly Option<int?> resize = new("--resize") { Description = "Edge length for the pictures of subfolders (default: as they are)." };
    private readonly Option<string[]> surrogates = new("--surrogate") { Description = "The classifier that the pairs are made on: a shipped one by name (cifar10, solids), an exported .onnx or a .weights.safetensors. Repeat it for pairs on several, which a purifier needs that is to carry over to others; the first is measured with.", Required = true };
    private readonly Option<long> steps = new("--steps") { Description = "Steps of the run.", DefaultValueFactory = _ => defaultSteps };
    private readonly Option<int> batch = new("--batch") { Description = "Pairs a step.", DefaultValueFactory = _ => 128 };
    private readonly Option<double> rate = new("--lr") { Description = "Peak learning rate (warm-up, then cosine).", DefaultValueFactory = _ => defaultRate };
    private readonly Option<double> decay = new("--weight-decay") { Description = "Decoupled weight decay.", DefaultValueFactory = _ => 0.05 };
    private readonly Option<string> distance = new("--distance") { Description = "Distance measure of the loss: l1 (the paper's) or mse.", DefaultValueFactory = _ => Distance.L1.Name };
    private readonly Option<double> feature = new("--feature-weight") { Description = "Weight of the perceptual loss on the surrogate's features; 0 is the paper's loss.", DefaultValueFactory = _ => 0.0 };
    private readonly Option<double> logit = new("--logit-weight") { Description = "Weight of the divergence between the surrogate's answers to purified and clean pictures.", DefaultValueFactory = _ => 0.0 };
    private readonly Option<int> count = new("--count") { Description = "Training pictures to render (solids only).", DefaultValueFactory = _ => 2000 };
    private readonly Option<double> cleanShare = new("--clean-share") { Description = "Share of pictures given clean.", DefaultValueFactory = _ => 0.0 };
    private readonly Option<int> shift = new("--shift") { Description = "Largest shift of both pictures in pixels.", DefaultValueFactory = _ => 2 };
    private readonly Option<string> eps = new("--eps") { Description = "Radius of the attack that makes the pairs.", DefaultValueFactory = _ => "8/255" };
    private readonly Option<string> stepSize = new("--step-size") { Description = "Its step.", DefaultValueFactory = _ => "2/255" };
    private readonly Option<int> attackSteps = new("--attack-steps") { Description = "Its number of steps.", DefaultValueFactory = _ => 10 };
    private readonly Option<int> draws = new("--draws") { Description = "How many times every picture is attacked on each surrogate, with fresh random starts.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> pairs = new("--pairs") { Description = "Folder that keeps the pairs.", DefaultValueFactory = _ => Path.Combine("out", "pairs") };
    private readonly Option<int> every = new("--evaluate-every") { Description = "Steps between two measurements.", DefaultValueFactory = _ => 500 };
    private readonly Option<long> stopAfter = new("--stop-after") { Description = "Stop after this step as if interrupted, for trials (0: no).", DefaultValueFactory = _ => 0 };

    internal void AddTo(Command command)
    {
        distance.AcceptOnlyFromAmong([.. Distance.All.Select(d => d.Name)]);
        foreach (Option option in new Option[] { data, resize, surrogates, steps, batch, rate, decay, distance, feature, logit, count, cleanShare, shift, eps, stepSize, attackSteps, draws, pairs, every, stopAfter })
            command.Add(option);
    }

    /// <summary>What counts in the loss.</summary>
    internal Option[] Losses => [distance, feature, logit];

    /// <summary>The distance measure of the loss.</summary>
    internal Distance DistanceOf(ParseResult parsed) => Distance.Named(parsed.GetValue(distance)!);

    /// <summary>The settings of the training, checked.</summary>
    /// <exception cref="UserErrorException">A value is out of range.</exception>
    internal PurifierRecipe Recipe(ParseResult parsed, double maskRatio, double maskAnneal, int seed)
    {
        foreach (Option<int> option in new[] { batch, attackSteps, draws, every })
            Flags.Require(parsed.GetValue(option) >= 1, option, "at least 1", parsed.GetValue(option));
        Flags.Require(parsed.GetValue(steps) >= 1, steps, "at least 1", parsed.GetValue(steps));
        Flags.Require(parsed.GetValue(cleanShare) is >= 0 and <= 1, cleanShare, "between 0 and 1", parsed.GetValue(cleanShare));
        Flags.Require(parsed.GetValue(shift) >= 0, shift, "at least 0", parsed.GetValue(shift));
        foreach (Option<double> option in new[] { rate, decay, feature, logit })
            Flags.Require(parsed.GetValue(option) >= 0, option, "at least 0", parsed.GetValue(option));
        Flags.Require(Epsilon.Parse(parsed.GetValue(stepSize)!) > 0, stepSize, "above 0", 0);
        return new(parsed.GetValue(batch), maskRatio, maskAnneal, parsed.GetValue(feature), parsed.GetValue(logit), parsed.GetValue(cleanShare), parsed.GetValue(shift), parsed.GetValue(decay), seed);
    }

    /// <summary>Opens the pictures and the surrogates, and makes the pairs or reads them back.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="compute">Format of the surrogates' products.</param>
    /// <param name="seed">Seed of the random starts.</param>
    /// <param name="tile">Edge length of the purifier's tiles in pixels.</param>
    /// <param name="cancellation">Stops between two batches of pairs.</param>
    /// <exception cref="UserErrorException">A file is missing or broken, a surrogate is given twice, or the pictures are too few or no whole number of tiles.</exception>
    internal TrainingPairs Open(ParseResult parsed, ScalarType compute, int seed, int tile, CancellationToken cancellation)
    {
        (IPictureSet train, IPictureSet test) = PictureSets.Open(parsed.GetValue(data)!, parsed.GetValue(count), seed, parsed.GetValue(resize), cancellation);
        if (parsed.GetValue(batch) > train.Count)
            throw new UserErrorException(ExitCode.Usage, $"--batch {parsed.GetValue(batch)}: {train.Name} has only {train.Count} pictures.");
        if (train.Size % tile != 0)
            throw new UserErrorException(ExitCode.ModelRejected, $"{train.Name}: pictures of {train.Size} pixels are no whole number of the purifier's {tile}-pixel tiles.");
        string folder = parsed.GetValue(pairs)!;
        (string Name, ResNetClassifier Net)[] victims = [.. Surrogates(parsed).Select(path => (NameOf(path), OnnxNets.LoadClassifier(path, compute)))];
        SurrogatePairs[] sets = [.. from victim in victims
                                    from draw in Enumerable.Range(0, parsed.GetValue(draws))
                                    select new SurrogatePairs(PairSet.Open(train, train.Count, Attack(parsed, parsed.GetValue(attackSteps)), victim.Net, victim.Name, folder, seed + draw, cancellation), victim.Net)];
        PairSet testPairs = PairSet.Open(test, Math.Min(ProbeCount, test.Count), Attack(parsed, ProbeSteps), victims[0].Net, victims[0].Name, folder, 1000, cancellation);
        return new TrainingPairs(train, sets, new TransferProbe(victims[0].Net, test, testPairs));
    }

    /// <summary>The attack, its draws and the surrogate, for the recipe.</summary>
    internal string Describe(ParseResult parsed) =>
        $"pairs {Attack(parsed, parsed.GetValue(attackSteps)).Settings} x{parsed.GetValue(draws)} on {string.Join(" and ", Surrogates(parsed).Select(NameOf))}";

    /// <summary>Learning rate over the steps.</summary>
    internal Schedule Schedule(ParseResult parsed) => new(parsed.GetValue(rate), parsed.GetValue(steps), Math.Max(1, parsed.GetValue(steps) / 20));

    /// <summary>How the run goes.</summary>
    internal RunOptions Options(ParseResult parsed, RunFlags run, string recipe) =>
        run.Options(parsed, recipe, Schedule(parsed), parsed.GetValue(every), emaDecay: 0.998) with { StopAfter = parsed.GetValue(stopAfter) };

    private Pgd Attack(ParseResult parsed, int count) => new(Epsilon.Parse(parsed.GetValue(eps)!), Epsilon.Parse(parsed.GetValue(stepSize)!), count);

    private string[] Surrogates(ParseResult parsed)
    {
        string[] given = parsed.GetValue(surrogates)!;
        string? twice = given.Select(NameOf).GroupBy(name => name).FirstOrDefault(same => same.Count() > 1)?.Key;
        return twice is null ? given : throw new UserErrorException(ExitCode.Usage, $"--surrogate {twice} is given twice; --draws 2 attacks one twice.");
    }

    private static string NameOf(string surrogate) =>
        Path.GetFileName(surrogate).Replace(Weights.Ending, "", StringComparison.Ordinal).Replace(".onnx", "", StringComparison.Ordinal);
}
