using System.CommandLine;
using System.Text.Json;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using static TorchSharp.torch;

namespace Realtime.Trainer.Commands;

/// <summary>train classifier: a residual classifier on CIFAR-10 or on the built-in solids set.</summary>
internal static class TrainClassifierCommand
{
    internal static Command Create()
    {
        Option<string> data = new("--data") { Description = $"The pictures: {PictureSets.Forms}.", Required = true };
        Option<int?> resize = new("--resize") { Description = "Edge length for the pictures of subfolders (default: as they are)." };
        Option<string?> model = new("--model") { Description = "resnet20, resnet18 or wrn28-10 for 32-pixel pictures, resnet10 for those of 128 pixels and more (default: resnet20, resnet10; a small net for 'solids')." };
        model.AcceptOnlyFromAmong([.. ClassifierArchitecture.Names]);
        Option<double> epochs = new("--epochs") { Description = "Passes over the training pictures.", DefaultValueFactory = _ => 30 };
        Option<int> batch = new("--batch") { Description = "Pictures a step.", DefaultValueFactory = _ => 128 };
        Option<double> rate = new("--lr") { Description = "Peak learning rate (warm-up, then cosine).", DefaultValueFactory = _ => 0.1 };
        Option<double> decay = new("--weight-decay") { Description = "L2 penalty.", DefaultValueFactory = _ => 5e-4 };
        Option<double> smoothing = new("--label-smoothing") { Description = "Label smoothing.", DefaultValueFactory = _ => 0.0 };
        Option<double> noise = new("--noise") { Description = "Largest standard deviation of Gaussian noise on a picture, in 8-bit levels.", DefaultValueFactory = _ => 0.0 };
        Option<int> count = new("--count") { Description = "Training pictures to render (solids only).", DefaultValueFactory = _ => 20000 };
        RunFlags run = new("cifar10");

        Command command = new("classifier", "Train a residual classifier on CIFAR-10, CIFAR-100, folders of pictures or the built-in 'solids'.") { data, resize, model, epochs, batch, rate, decay, smoothing, noise, count };
        run.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Train(parsed, cancellation)));
        return command;

        int Train(ParseResult parsed, CancellationToken cancellation)
        {
            ScalarType compute = run.Prepare(parsed);
            (IPictureSet train, IPictureSet test) = PictureSets.Open(parsed.GetValue(data)!, parsed.GetValue(count), run.Seed(parsed), parsed.GetValue(resize), cancellation);
            ClassifierArchitecture architecture = parsed.GetValue(model) is null && parsed.GetValue(data) == "solids"
                ? ClassifierArchitecture.Solids(train.Size, train.Labels.Count)
                : ClassifierArchitecture.Named(parsed.GetValue(model) ?? (train.Size <= SmallPictures ? "resnet20" : "resnet10"), train.Size, train.Labels.Count);
            ClassifierRecipe recipe = new(parsed.GetValue(batch), parsed.GetValue(decay), parsed.GetValue(smoothing), train.Size / 8, parsed.GetValue(noise), run.Seed(parsed), test.Count);
            long steps = (long)(parsed.GetValue(epochs) * (train.Count / recipe.BatchSize));
            if (steps < 1)
                throw new UserErrorException(ExitCode.Usage, $"--epochs {parsed.GetValue(epochs)} of {train.Count} pictures in batches of {recipe.BatchSize} is no step.");
            Schedule schedule = new(parsed.GetValue(rate), steps, Math.Max(1, steps / 8));

            using ResNetClassifier net = new(architecture, new Precision(compute));
            using ClassifierTask task = new(net, train, test, recipe);
            Console.WriteLine($"{train.Name}: {train.Count} pictures, {net.parameters().Sum(p => p.NumberOfElements):N0} parameters, {steps} steps of {recipe.BatchSize}, {compute} products");
            string recipeText = $"{JsonSerializer.Serialize(architecture)} {recipe} {schedule} {train.Name} {compute}";
            RunOptions options = run.Options(parsed, recipeText, schedule, Math.Max(1, train.Count / recipe.BatchSize * 2), emaDecay: 0.998);
            string path = Path.Combine(options.Folder, options.Name + Weights.Ending);
            TrainingRun training = new(task, options with
            {
                Keep = result => Weights.Save(path, net, architecture, new Dictionary<string, string>
                {
                    ["labels"] = string.Join(',', train.Labels),
                    ["recipe"] = recipeText,
                    ["result"] = result,
                }),
            });
            Console.WriteLine($"{training.Run(cancellation)}; weights in {path}; next: ./realtime export {path}");
            return 0;
        }
    }

    // Nets without an early stride are too costly on larger ones.
    private const int SmallPictures = 64;
}
