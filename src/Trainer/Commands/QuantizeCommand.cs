using System.CommandLine;
using System.Globalization;
using Realtime.Filter.Attacks;
using Realtime.Filter.Commands;
using Realtime.Filter.Errors;
using Realtime.Filter.Metrics;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;
using Realtime.Trainer.Export.Quantization;

namespace Realtime.Trainer.Commands;

/// <summary>quantize: an exported purifier in 8 bits, calibrated on clean and attacked pictures.</summary>
internal static class QuantizeCommand
{
    private const int Compared = 64;        // pictures behind the calibrated ones

    internal static Command Create()
    {
        Argument<string> model = new("model") { Description = "A shipped purifier by name or an .onnx that export wrote." };
        Option<string> data = new("--data") { Description = $"The pictures to calibrate on, the training part: {PictureSets.Forms}.", Required = true };
        Option<int?> resize = new("--resize") { Description = "Edge length for the pictures of subfolders (default: as they are)." };
        Option<string> classifier = new("--classifier") { Description = "The classifier that the attacked half is made on: a shipped one by name or an .onnx.", DefaultValueFactory = _ => "cifar10" };
        Option<int> count = new("--count") { Description = "Pictures; each is taken clean and attacked (PGD-10, 8/255).", DefaultValueFactory = _ => 256 };
        Option<int> seed = new("--seed") { Description = "Seed of the attack's random starts.", DefaultValueFactory = _ => 1 };
        Option<string?> output = new("-o", "--output") { Description = "The ONNX file (default: models/NAME-int8.onnx)." };
        count.RequireAtLeast(1);
        Command command = new("quantize", "Write a purifier whose matrix products and convolutions compute in 8 bits (QDQ), calibrated on clean and attacked pictures. Measure it with evaluate before it is used.")
        {
            model, data, resize, classifier, count, seed, output,
        };
        command.SetAction(parsed =>
        {
            string from = ModelCatalog.Resolve(parsed.GetValue(model)!);
            string path = parsed.GetValue(output) ?? Path.Combine("models", Path.GetFileNameWithoutExtension(from) + "-int8.onnx");
            (ExportFacts facts, OnnxModel original) = Original(from);
            using OnnxDefence purifier = new(from);
            int tile = purifier.TileSize, pictures = parsed.GetValue(count);
            (IPictureSet set, _) = PictureSets.Open(parsed.GetValue(data)!, pictures + Compared, parsed.GetValue(seed), parsed.GetValue(resize));
            MustSuffice(set, pictures, tile, from);

            using OnnxGradient victim = OnnxGradient.Open(parsed.GetValue(classifier)!);
            Pgd attack = new(8 / 255f, 2 / 255f, 10);
            Random chance = new(parsed.GetValue(seed));
            float[] calibration = WithAttacked(new PictureBatch(set, 0, pictures), attack, victim, chance), tiles = new float[calibration.Length];
            WholeTiles.Cut(calibration, set.Size, set.Size, tile, tiles);
            OnnxModel quantized = QuantizedModel.Build(original, ActivationRanges.Measure(original, QuantizedModel.ValuesOf(original), tiles, tile));
            string recipe = $"int8 of {Path.GetFileName(from)} (sha256 {ModelCatalog.HashOf(from)}), ranges of {pictures} pictures of {set.Name}, clean and under {attack.Settings} on {Path.GetFileName(parsed.GetValue(classifier))}, seed {parsed.GetValue(seed)}";
            quantized.Metadata[ModelDescription.QuantizationKey] = recipe;
            quantized.Metadata["realtime.commit"] = ExportCommand.Commit();

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            OnnxWriter.Write(quantized, path);
            double decibels = Compare(purifier, path, WithAttacked(new PictureBatch(set, pictures, Compared), attack, victim, chance), set.Size, chance);
            string agreement = string.Create(CultureInfo.InvariantCulture, $"{decibels:0.0} dB PSNR on {Compared} other pictures, clean and attacked");
            ModelCard.Write(Path.ChangeExtension(path, ".md"), path, quantized, facts with { Recipe = recipe }, ("agreement with float32", agreement));
            Console.WriteLine($"agreement with float32: {agreement}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}  {new FileInfo(path).Length / 1e6:0.00} MB, card {Path.ChangeExtension(path, ".md")}"));
            return 0;
        });
        return command;
    }

    private static (ExportFacts Facts, OnnxModel Model) Original(string path)
    {
        ExportFacts facts = ExportFacts.Read(path);
        OnnxModel model = OnnxReader.Read(path);
        if (facts.Kind != "purifier")
            throw new UserErrorException(ExitCode.ModelRejected, $"{path} is a {facts.Kind}; quantize takes purifiers.");
        if (ModelDescription.IsQuantized(model))
            throw new UserErrorException(ExitCode.ModelRejected, $"{path} computes in 8 bits already; give the float32 model that it was made of.");
        return (facts, model);
    }

    private static void MustSuffice(IPictureSet set, int pictures, int tile, string model)
    {
        if (set.Size % tile != 0)
            throw new UserErrorException(ExitCode.ModelRejected, $"{set.Name}: pictures of {set.Size} pixels are no whole number of the {tile}-pixel tiles of {model}.");
        if (set.Count < pictures + Compared)
            throw new UserErrorException(ExitCode.Usage, $"--count {pictures}: {set.Name} has {set.Count} pictures, and {Compared} behind them are for the comparison.");
    }

    // [2n, 3, S, S]: the pictures, then their attacked partners.
    private static float[] WithAttacked(PictureBatch batch, Pgd attack, OnnxGradient victim, Random chance)
    {
        float[] both = new float[2 * batch.Clean.Length];
        batch.Clean.CopyTo(both, 0);
        attack.Perturb(victim, batch.Clean, batch.Labels, both.AsSpan(batch.Clean.Length), chance);
        return both;
    }

    private static double Compare(OnnxDefence original, string path, float[] pictures, int size, Random chance)
    {
        using OnnxDefence quantized = new(path);
        float[] expected = new float[pictures.Length], found = new float[pictures.Length];
        original.Defend(pictures, size, size, chance, expected);
        quantized.Defend(pictures, size, size, chance, found);
        return Psnr.Between(expected, found);
    }
}
