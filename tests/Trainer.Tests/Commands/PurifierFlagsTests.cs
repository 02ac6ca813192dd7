using Realtime.Filter.Errors;
using Realtime.Trainer.Commands;

namespace Realtime.Trainer.Tests.Commands;

public sealed class PurifierFlagsTests
{
    // A folder that is not there fails a run (exit code 1) once its flags are accepted.
    [Theory]
    [InlineData(ExitCode.Failed, "--model", "disco", "--width", "24", "--blocks", "4", "--residual", "--feature-weight", "4")]
    [InlineData(ExitCode.Failed, "--model", "impure", "--patch", "8", "--combination", "binary")]
    [InlineData(ExitCode.Failed, "--model", "impure", "--perceptual-weight", "0")]
    [InlineData(ExitCode.Failed, "--model", "maep", "--mask-ratio", "0.5", "--mask-anneal", "2")]
    [InlineData(ExitCode.Failed, "--width", "64", "--blocks", "2", "--stem", "16")]
    [InlineData(ExitCode.Failed, "--model", "maep", "--width", "64", "--blocks", "2")]
    [InlineData(ExitCode.Usage, "--model", "unet")]
    [InlineData(ExitCode.Usage, "--model", "maep", "--stem", "16")]
    [InlineData(ExitCode.Usage, "--model", "disco", "--stem", "16")]
    [InlineData(ExitCode.Usage, "--stem", "6")]
    [InlineData(ExitCode.Usage, "--blocks", "0")]
    [InlineData(ExitCode.Usage, "--model", "disco", "--patch", "4")]
    [InlineData(ExitCode.Usage, "--model", "disco", "--mask-ratio", "0.5")]
    [InlineData(ExitCode.Usage, "--model", "disco", "--width", "0")]
    [InlineData(ExitCode.Usage, "--model", "disco", "--blocks", "-1")]
    [InlineData(ExitCode.Usage, "--model", "disco", "--combination", "grey")]
    [InlineData(ExitCode.Usage, "--model", "impure", "--mask-ratio", "0.5")]
    [InlineData(ExitCode.Usage, "--model", "impure", "--logit-weight", "1")]
    [InlineData(ExitCode.Usage, "--model", "impure", "--blocks", "4")]
    [InlineData(ExitCode.Usage, "--model", "impure", "--combination", "random")]
    [InlineData(ExitCode.Usage, "--model", "impure", "--perceptual-weight", "-1")]
    [InlineData(ExitCode.Usage, "--model", "maep", "--perceptual-weight", "1")]
    [InlineData(ExitCode.Usage, "--width", "24")]
    [InlineData(ExitCode.Usage, "--residual")]
    public void Flags_of_another_net_are_refused_before_anything_is_read(ExitCode expected, params string[] flags) =>
        Assert.Equal((int)expected, TrainerCommands.Run(["train", "purifier", "--data", "nowhere", "--surrogate", "cifar10", .. flags]));
}
