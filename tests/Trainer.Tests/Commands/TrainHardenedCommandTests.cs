using Realtime.Trainer.Commands;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Commands;

public sealed class TrainHardenedCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-hardened-").FullName;

    public TrainHardenedCommandTests()
    {
        // One picture for each of the ten classes that cifar10 tells apart.
        foreach (string part in new[] { "train", "test" })
            for (int i = 0; i < 10; i++)
            {
                string path = Path.Combine(folder, part, $"{i}", "one.png");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                using Image<Rgb24> image = Image.LoadPixelData<Rgb24>([.. Enumerable.Range(0, 32 * 32 * 3).Select(p => (byte)((p * (i + 1)) % 251))], 32, 32);
                image.SaveAsPng(path);
            }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("mean", 0)]
    [InlineData("tokens", 1)]
    public void The_decoders_stage_leaves_the_encoder_as_it_was(string output, int attackSteps)
    {
        int code = TrainerCommands.Run(["train", "hardened", "--data", folder, "--stage", "decoder", "--init", "maep-patch4", "--output", output, "--attack-steps", $"{attackSteps}",
            "--steps", "3", "--batch", "4", "--eps-warmup", "0", "--name", "d", "--checkpoints", folder, "--threads", "1"]);

        Assert.Equal(0, code);
        using PurifierNet before = OnnxNets.LoadPurifier("maep-patch4", ScalarType.Float32);
        using PurifierNet after = OnnxNets.LoadPurifier(Path.Combine(folder, "d" + Weights.Ending), ScalarType.Float32);
        HashSet<string> decoder = [.. ((MaskedAutoencoderPurifier)after).DecoderParameters().Select(p => p.name)];
        Assert.Equal(Values(before, inside: false), Values(after, inside: false));
        Assert.NotEqual(Values(before, inside: true), Values(after, inside: true));

        float[] Values(PurifierNet net, bool inside) => [.. Weights.Of(net).Where(w => decoder.Contains(w.Name) == inside).SelectMany(w => TinyNets.Floats(w.Tensor))];
    }
}
