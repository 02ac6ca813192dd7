using Realtime.Filter.Detection;
using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Commands;
using Realtime.Trainer.Data;
using Realtime.Trainer.Detection;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Trainer.Tests.Detection;

public sealed class CalibrateCommandTests : IDisposable
{
    private const int Count = 12;

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-calibrate-").FullName;

    public CalibrateCommandTests()
    {
        using ResNetClassifier classifier = TinyNets.NewClassifier();
        classifier.eval();
        OnnxModel model = ClassifierExporter.Build(classifier);
        model.Metadata["realtime.labels"] = "0-red,1-green,2-blue";
        OnnxWriter.Write(model, At("tiny.onnx"));
        model.Metadata["realtime.labels"] = "red,green,blue";
        OnnxWriter.Write(model, At("others.onnx"));
        using MaskedAutoencoderPurifier purifier = TinyNets.Purifier(TinyNets.Convolutional);
        OnnxWriter.Write(PurifierExporter.Build(purifier), At("mask.onnx"));

        IPictureSet pictures = TinyNets.Pictures(Count, 1);
        for (int i = 0; i < pictures.Count; i++)
        {
            string path = At($"pictures/{pictures.Label(i)}-{pictures.Labels[pictures.Label(i)]}/{i}.png");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            ReadOnlySpan<byte> planes = pictures.Picture(i);
            byte[] packed = new byte[planes.Length];
            for (int p = 0; p < packed.Length; p++)
                packed[p] = planes[((p % 3) * 256) + (p / 3)];
            using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(packed, 16, 16);
            image.SaveAsPng(path);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_purifier_gets_its_alarm_a_report_and_a_section_in_its_card()
    {
        File.WriteAllText(At("mask.md"), "# mask\n\nOurs.\n");

        Assert.Equal(0, Run());
        AlarmCalibration calibration = AlarmFiles.Find(At("mask.onnx"), At("tiny.onnx"))!;
        string first = calibration.ToJson(), card = File.ReadAllText(At("mask.md"));
        Assert.Equal(0, Run("--threads", "2"));

        Assert.Equal(Count / 2 * 9, calibration.UnattackedPictures);
        Assert.Equal(Count / 2 * 4, calibration.AttackedPictures);
        Assert.Equal(Unnamed(first), Unnamed(File.ReadAllText(At("mask.tiny.alarm.json"))));
        Assert.StartsWith("# mask\n\nOurs.\n", card, StringComparison.Ordinal);
        Assert.Single(File.ReadAllText(At("mask.md")).Split("## Alarm before").Skip(1));
        DetectorReport report = DetectorReport.FromJson(File.ReadAllText(At("out/report.json")));
        Assert.Equal(9 + 4 + 1 + 2, report.Rows.Count);
        Assert.All(report.Rows.Where(row => row.Role is ShownRole.Attacked or ShownRole.Adaptive), row => Assert.InRange(row.AreaUnattacked!.Value, 0, 1));
        Assert.All(report.Rows.Where(row => row.Kind != DetectorFigures.AllAttacks), row => Assert.Equal(Count / 2, row.Flagged.Count));
        Assert.All(new[] { "report.md", "roc.svg", "roc.png" }, name => Assert.True(File.Exists(At("out/" + name))));

        // The lines of the two runs differ, and are in the files.
        static string Unnamed(string json) => string.Join('\n', json.Split('\n').Where(line => !line.Contains("\"command\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_threshold_flags_no_more_of_the_fitted_pictures_than_was_asked_for()
    {
        Random random = new(2);
        double[][] unattacked = Rows(0), attacked = Rows(0.7);

        AlarmCalibration fitted = DetectorFit.Fit(unattacked, attacked, new AlarmModels("p", "0", "c", "1"), 0.05, "");

        Assert.Equal(10, unattacked.Count(row => fitted.Score(row) >= fitted.Threshold));
        Assert.True(attacked.Count(row => fitted.Score(row) >= fitted.Threshold) > 100);
        Assert.Equal(fitted.Threshold, fitted.Timing.Raise);

        double[][] Rows(double shift) => [.. Enumerable.Range(0, 200).Select(_ => AttackFeatures.Names.Select(_ => random.NextDouble() + shift).ToArray())];
    }

    [Theory]
    [InlineData(ExitCode.Usage, "--count", "2")]
    [InlineData(ExitCode.Usage, "--count", "13")]
    [InlineData(ExitCode.Usage, "--false-positives", "0")]
    [InlineData(ExitCode.Usage, "--classifier", "others.onnx")]
    [InlineData(ExitCode.Usage, "--purifier", "jpeg-75")]
    [InlineData(ExitCode.ModelRejected, "--purifier", "missing.onnx")]
    [InlineData(ExitCode.ModelRejected, "--purifier", "tiny.onnx")]
    public void What_does_not_fit_is_refused_before_anything_is_measured(ExitCode expected, string option, string value)
    {
        Assert.Equal((int)expected, Run(option, value.EndsWith(".onnx", StringComparison.Ordinal) ? At(value) : value));
        Assert.Empty(Directory.GetFiles(folder, "*.alarm.json"));
    }

    /// <summary>Runs with small settings, of which <paramref name="more"/> replaces some.</summary>
    private int Run(params string[] more)
    {
        Dictionary<string, string> options = new()
        {
            ["--data"] = At("pictures"),
            ["--classifier"] = At("tiny.onnx"),
            ["--purifier"] = At("mask.onnx"),
            ["--count"] = "12",
            ["--steps"] = "2",
            ["--false-positives"] = "0.1",
            ["--report"] = At("out"),
            ["--threads"] = "1",
        };
        for (int i = 0; i < more.Length; i += 2)
            options[more[i]] = more[i + 1];
        return TrainerCommands.Run(["calibrate", .. options.SelectMany(pair => new[] { pair.Key, pair.Value })]);
    }

    private string At(string name) => Path.Combine(folder, name);
}
