using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Commands;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Trainer.Tests.Evaluation;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-evaluate-").FullName;

    private string Chain => "rt2+" + At("mask.onnx");

    public EvaluateCommandTests()
    {
        using ResNetClassifier classifier = TinyNets.NewClassifier();
        classifier.eval();
        OnnxModel model = ClassifierExporter.Build(classifier);
        model.Metadata["realtime.labels"] = "red,green,blue";
        OnnxWriter.Write(model, At("tiny.onnx"));
        using MaskedAutoencoderPurifier purifier = TinyNets.Purifier(TinyNets.Convolutional);
        OnnxWriter.Write(PurifierExporter.Build(purifier), At("mask.onnx"));

        IPictureSet pictures = TinyNets.Pictures(6, 1);
        for (int i = 0; i < pictures.Count; i++)
        {
            // The classes lie in the order of their folders' names.
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
    public void Onnx_models_and_a_picture_folder_go_through_the_columns()
    {
        Relabel("0-red,1-green,2-blue");

        Assert.Equal(0, Run());

        EvaluationReport report = EvaluationReport.FromJson(File.ReadAllText(At("out/report.json")));
        foreach (string defence in new[] { At("mask.onnx"), "blur-1", Chain })
        {
            ColumnFigure clean = report.Find(defence, "clean")!, full = report.Find(defence, "d")!;
            Assert.Equal(6, clean.Accuracy.Count);
            Assert.True(full.Accuracy.Right <= clean.Accuracy.Right);
            Assert.True(report.Defences.Single(d => d.Defence == defence).WorstCase!.Value.Right <= full.Accuracy.Right);
        }

        Assert.NotNull(report.Find(Chain, "e"));
        Assert.Contains("./realtime evaluate", report.Command, StringComparison.Ordinal);
        Assert.Equal(64, report.Settings[$"sha256 of {At("mask.onnx")}"].Length);
        Assert.All(new[] { "report.md", "report.csv", "examples.csv", "columns.svg", "columns.png" }, name => Assert.True(File.Exists(At("out/" + name))));
        Assert.Equal((int)ExitCode.Usage, Run("--seed", "1"));
    }

    [Fact]
    public void Classes_of_other_names_are_refused() => Assert.Equal((int)ExitCode.Usage, Run());

    private int Run(params string[] more) => TrainerCommands.Run(
    [
        "evaluate", "--data", At("pictures"), "--classifier", At("tiny.onnx"), "--purifier", At("mask.onnx"), "--purifier", "blur-1", "--purifier", Chain,
        "--count", "6", "--steps", "2", "--queries", "5", "--columns", "b,c,d,e,f,g", "--draws", "2", "--eot", "2", "--surrogate", "blur-1", "--eps", "0.2", "-o", At("out"), .. more,
    ]);

    private void Relabel(string labels)
    {
        OnnxModel model = OnnxReader.Read(At("tiny.onnx"));
        model.Metadata["realtime.labels"] = labels;
        OnnxWriter.Write(model, At("tiny.onnx"));
    }

    private string At(string name) => Path.Combine(folder, name);
}
