using Realtime.Filter.Errors;
using Realtime.Trainer.Commands;

namespace Realtime.Trainer.Tests.Commands;

public sealed class TrainingFlagsTests
{
    [Theory]
    [InlineData(ExitCode.ModelRejected, "--init", "nope")]
    [InlineData(ExitCode.Failed, "--init", "nowhere.weights.safetensors")]
    [InlineData(ExitCode.ModelRejected, "--init", "cifar10")]
    [InlineData(ExitCode.Usage, "--transform", "rt4")]
    [InlineData(ExitCode.Usage, "--weight", "-1")]
    [InlineData(ExitCode.Usage, "--eps", "0")]
    [InlineData(ExitCode.Usage, "--attack", "pgd", "--attack-steps", "0")]
    [InlineData(ExitCode.Usage, "--attack", "none", "--full-gradient")]
    public void What_cannot_be_trained_is_told_before_anything_is_loaded(ExitCode expected, params string[] flags) =>
        Assert.Equal((int)expected, TrainerCommands.Run(["train", "atop", "--data", "nowhere", .. flags]));

    [Theory]
    [InlineData("--noise", "256")]
    [InlineData("--noise", "-1")]
    [InlineData("--mask-ratio", "1")]
    [InlineData("--attack-steps", "0")]
    [InlineData("--stage", "decoder", "--init", "maep-patch4", "--output", "verdict", "--attack-steps", "1")]
    [InlineData("--stage", "decoder", "--init", "maep-patch4", "--attack-steps", "-1")]
    [InlineData("--stage", "decoder")]                       // without an encoder to start from
    public void A_hardened_purifier_is_refused_before_data_is_read(params string[] flags) =>
        Assert.Equal((int)ExitCode.Usage, TrainerCommands.Run(["train", "hardened", "--data", "nowhere", .. flags]));
}
