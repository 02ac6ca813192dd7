using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Training;

public sealed class TrainingRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-training-").FullName;
    private readonly IPictureSet pictures = TinyNets.Pictures(96, 1);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_fixed_seed_gives_the_same_first_hundred_losses_twice()
    {
        float[] first = Train("a", 100).Losses;
        float[] second = Train("b", 100).Losses;

        Assert.Equal(100, first.Length);
        Assert.Equal(first, second);
        Assert.True(first[^10..].Average() < 0.5 * first[..5].Average(), $"no learning: {first[0]} .. {first[^1]}");
    }

    [Fact]
    public void A_resumed_run_ends_exactly_where_the_uninterrupted_one_does()
    {
        (float[] losses, float[] weights) = Train("whole", 30);
        (float[] before, _) = Train("halves", 30, stopAfter: 13);
        (float[] after, float[] resumed) = Train("halves", 30, resume: true);

        Assert.Equal(13, before.Length);
        Assert.Equal(losses, before.Concat(after));
        Assert.Equal(weights, resumed);
    }

    [Fact]
    public void A_checkpoint_of_another_recipe_is_refused()
    {
        Train("run", 20, stopAfter: 5);
        UserErrorException error = Assert.Throws<UserErrorException>(() => Train("run", 20, resume: true, recipe: "other"));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("another recipe", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_checkpoint_is_one_clear_line()
    {
        Train("cut", 20, stopAfter: 5);
        string path = Path.Combine(folder, "cut.checkpoint.safetensors");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..5000]);
        UserErrorException error = Assert.Throws<UserErrorException>(() => Train("cut", 20, resume: true));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("broken off", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_the_run_with_its_step_and_learning_rate()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Train("nan", 50, rate: 1e20));

        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.Contains("at step", error.Message, StringComparison.Ordinal);
        Assert.Contains("--lr", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schedule_warms_up_to_the_peak_and_falls_to_zero()
    {
        Schedule schedule = new(0.1, 100, 10);

        Assert.Equal(0.01, schedule.At(1), 6);
        Assert.Equal(0.1, schedule.At(10), 6);
        Assert.InRange(schedule.At(100), 0, 1e-4);
        Assert.True(Enumerable.Range(10, 90).All(s => schedule.At(s) >= schedule.At(s + 1)));
    }

    [Fact]
    public void AdamW_takes_the_textbook_first_step()
    {
        // On the first step both moments are bias-corrected to the gradient itself, so the step is lr * sign(g), after the decay.
        using TorchSharp.Modules.Parameter weight = new(tensor([2f, -4f], [2, 1]));
        using AdamW adam = new([("w", weight)], 0.9, 0.95, weightDecay: 0.1);
        using Tensor loss = (weight * weight).sum();
        loss.backward();
        adam.Step(0.01, 1);
        float[] values = TinyNets.Floats(weight);

        Assert.Equal(2 * (1 - 0.001) - 0.01, values[0], 5);
        Assert.Equal(-4 * (1 - 0.001) + 0.01, values[1], 5);
    }

    private (float[] Losses, float[] Weights) Train(string name, long steps, long stopAfter = 0, bool resume = false, string recipe = "tiny", double rate = 0.05)
    {
        using ResNetClassifier net = TinyNets.NewClassifier();
        using ClassifierTask task = new(net, pictures, pictures, new ClassifierRecipe(16, 5e-4, 0, 2, 4, 1, 96));
        TrainingRun run = new(task, new RunOptions
        {
            Name = name,
            Folder = folder,
            Recipe = recipe,
            Schedule = new Schedule(rate, steps, 5),
            StopAfter = stopAfter,
            Resume = resume,
        });
        if (stopAfter > 0)
            Assert.Throws<OperationCanceledException>(() => run.Run(CancellationToken.None));
        else
            run.Run(CancellationToken.None);
        return ([.. run.Losses], [.. Weights.Of(net).SelectMany(w => TinyNets.Floats(w.Tensor))]);
    }
}
