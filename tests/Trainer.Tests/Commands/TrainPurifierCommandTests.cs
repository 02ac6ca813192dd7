using Realtime.Filter.Errors;
using Realtime.Trainer.Commands;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;

namespace Realtime.Trainer.Tests.Commands;

/// <summary>Mistakes that must be told before pictures are read or pairs are made: the folder given for --data does not exist.</summary>
public sealed class TrainPurifierCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-train-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Must be one of", "--loss", "l2")]
    [InlineData("Must be one of", "--distance", "l2")]
    [InlineData("--trades-weight", "--trades-weight", "6")]
    [InlineData("whole pictures", "--loss", "purify", "--mask-ratio", "0.5")]
    [InlineData("masks none", "--loss", "mlm")]
    [InlineData("to the end", "--loss", "mlm", "--mask-ratio", "0.5", "--mask-anneal", "0.5")]
    [InlineData("--clean-share", "--loss", "reconstruction", "--clean-share", "0.1")]
    [InlineData("--clean-share must be between 0 and 1", "--clean-share", "2")]
    [InlineData("--steps must be at least 1", "--steps", "0")]
    [InlineData("--batch must be at least 1", "--batch", "0")]
    [InlineData("--step-size must be above 0", "--step-size", "0/255")]
    [InlineData("outside the pixel range", "--eps", "8")]
    [InlineData("--lr must be at least 0", "--lr", "NaN")]
    [InlineData("--surrogate cifar10 is given twice", "--surrogate", "elsewhere/cifar10.onnx")]
    public void A_flag_that_does_not_fit_is_a_usage_error(string text, params string[] flags) => Expect(ExitCode.Usage, text, ["purifier", .. flags]);

    [Fact]
    public void Right_flags_go_on_to_the_data() => Expect(ExitCode.Failed, "no such folder", "purifier", "--loss", "trades-latent", "--trades-weight", "6", "--distance", "mse");

    [Theory]
    [InlineData("known are qkv, projection, mlp", "--targets", "qkv,attention")]
    [InlineData("--targets is empty", "--targets", ",")]
    [InlineData("--rank must be 1 to 24", "--rank", "0")]
    [InlineData("--rank must be 1 to 24", "--rank", "100")]
    [InlineData("--rank is for --method lora", "--method", "full", "--rank", "8")]
    [InlineData("--targets is for --method lora", "--method", "decoder", "--targets", "qkv")]
    [InlineData("Must be one of", "--method", "adapter")]
    [InlineData("written over --init", "--name", "base")]
    public void A_flag_that_does_not_fit_the_fine_tuning_is_a_usage_error(string text, params string[] flags) =>
        Expect(ExitCode.Usage, text, ["finetune", "--init", Base(TinyNets.Convolutional), .. flags]);

    [Fact]
    public void Right_fine_tuning_goes_on_to_the_data() =>
        Expect(ExitCode.Failed, "no such folder", "finetune", "--init", Base(TinyNets.Convolutional), "--rank", "24", "--alpha", "32", "--targets", "mlp,qkv");

    [Fact]
    public void A_resume_is_refused_before_the_data_are_read()
    {
        Expect(ExitCode.Failed, "no checkpoint to resume", "purifier", "--resume");
        Safetensors.Write(Path.Combine(folder, "maep-finetuned.checkpoint.safetensors"), [], new Dictionary<string, string> { ["step"] = "5", ["recipe"] = "another" });
        Expect(ExitCode.Usage, "made by another recipe", "finetune", "--init", Base(TinyNets.Convolutional), "--resume");
    }

    [Fact]
    public void What_is_no_purifier_to_start_from_is_named()
    {
        string missing = Path.Combine(folder, "missing.weights.safetensors");
        Expect(ExitCode.Usage, "'--init' is required", "finetune");
        Expect(ExitCode.Failed, missing, "finetune", "--init", missing);
        Expect(ExitCode.ModelRejected, "unknown model", "finetune", "--init", "no-such-model");
        Expect(ExitCode.ModelRejected, "no transformer blocks", "finetune", "--init", Base(TinyNets.Plain with { Decoder = 0 }));
        using ResNetClassifier classifier = TinyNets.NewClassifier();
        string other = Path.Combine(folder, "classifier.weights.safetensors");
        Weights.Save(other, classifier, classifier.Architecture, new Dictionary<string, string>());
        Expect(ExitCode.ModelRejected, "holds a classifier", "finetune", "--init", other);
    }

    private string Base(PurifierArchitecture architecture)
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(architecture);
        string path = Path.Combine(folder, "base.weights.safetensors");
        Weights.Save(path, net, architecture, new Dictionary<string, string>());
        return path;
    }

    private void Expect(ExitCode code, string text, params string[] command)
    {
        TextWriter before = Console.Error;
        using StringWriter errors = new();
        Console.SetError(errors);
        try
        {
            int found = TrainerCommands.Run(["train", .. command, "--data", Path.Combine(folder, "nowhere"), "--surrogate", "cifar10", "--checkpoints", folder]);
            Assert.Contains(text, errors.ToString(), StringComparison.Ordinal);
            Assert.Equal((int)code, found);
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
