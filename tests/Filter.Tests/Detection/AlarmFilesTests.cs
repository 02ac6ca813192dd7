using Realtime.Filter.Detection;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Tests.Detection;

public sealed class AlarmFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-alarm-").FullName;

    public AlarmFilesTests()
    {
        // Who reads a calibration looks at names and hashes of the models only.
        File.WriteAllText(At("clean.onnx"), "a purifier");
        File.WriteAllText(At("judge.onnx"), "a classifier");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_calibration_comes_back_as_it_was_written()
    {
        AlarmCalibration written = Calibration();
        File.WriteAllText(At("clean.judge.alarm.json"), written.ToJson());

        AlarmCalibration read = AlarmFiles.Find(At("clean.onnx"), At("judge.onnx"))!;

        Assert.Equal(written.ToJson(), read.ToJson());
        Assert.Equal(written.Threshold, read.Threshold);
    }

    [Fact]
    public void Without_a_file_there_is_none() => Assert.Null(AlarmFiles.Find(At("clean.onnx"), At("judge.onnx")));

    [Theory]
    [InlineData("clean.onnx", "purifier 'clean'")]
    [InlineData("judge.onnx", "classifier 'judge'")]
    public void A_calibration_for_another_model_of_the_name_is_refused(string changed, string named)
    {
        File.WriteAllText(At("clean.judge.alarm.json"), Calibration().ToJson());
        File.AppendAllText(At(changed), ", trained again");

        UserErrorException error = Assert.Throws<UserErrorException>(() => AlarmFiles.Find(At("clean.onnx"), At("judge.onnx")));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("./realtime calibrate", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"threshold\": 0.75", "\"threshold\": 1.5")]
    [InlineData("\"scale\": 2", "\"scale\": 0")]
    [InlineData("\"total variation\"", "\"something else\"")]
    [InlineData("\"bias\"", "\"bios\"")]
    [InlineData("\"minimumFrames\": 3", "\"minimumFrames\": 0")]
    [InlineData("{", "")]
    public void A_broken_calibration_is_refused(string found, string put)
    {
        string text = Calibration().ToJson();
        Assert.Contains(found, text, StringComparison.Ordinal);
        File.WriteAllText(At("clean.judge.alarm.json"), text.Replace(found, put, StringComparison.Ordinal));

        UserErrorException error = Assert.Throws<UserErrorException>(() => AlarmFiles.Find(At("clean.onnx"), At("judge.onnx")));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains("clean.judge.alarm.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_score_is_the_logistic_function_of_the_weighed_features()
    {
        // (5 - 1) / 2 = 2 deviations of weight 1/2 each for every feature, and the bias takes five of the six away.
        double score = Calibration().Score([5, 5, 5, 5, 5, 5]);

        Assert.Equal(1 / (1 + Math.Exp(-1)), score, 12);
    }

    private AlarmCalibration Calibration() => new()
    {
        Models = AlarmModels.Of(At("clean.onnx"), At("judge.onnx")),
        Features = [.. AttackFeatures.Names.Select(name => new AlarmFeature(name, 1, 2, 0.5))],
        Bias = -5,
        Threshold = 0.75,
        FalsePositiveRate = 0.01,
        Timing = AlarmTiming.Of(0.75),
        UnattackedPictures = 10,
        AttackedPictures = 20,
        Command = "./realtime calibrate",
    };

    private string At(string name) => Path.Combine(folder, name);
}
