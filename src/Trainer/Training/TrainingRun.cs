using System.Globalization;
using Realtime.Filter.Errors;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>Carries a task through its schedule: steps, weight average, log, progress, checkpoints, exact resume.</summary>
public sealed class TrainingRun(ITrainingTask task, RunOptions options)
{
    private readonly string checkpointPath = CheckpointOf(options);
    private readonly string logPath = Path.Combine(options.Folder, options.Name + ".log.csv");

    /// <summary>The loss of each step of this process, in order.</summary>
    public List<float> Losses { get; } = [];

    /// <summary>Refuses to resume from what is not there or was made by another recipe; asked before the data are prepared, so that no time is lost on them.</summary>
    /// <exception cref="UserErrorException">There is no checkpoint, it is broken, or it does not belong to this recipe.</exception>
    public static void CheckResume(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Resume)
            return;
        string path = CheckpointOf(options);
        if (!File.Exists(path))
            throw new UserErrorException(ExitCode.Failed, $"{path}: no checkpoint to resume. Leave --resume out to start anew.");
        string recipe = Safetensors.ReadMetadata(path)["recipe"];
        if (recipe != options.Recipe)
            throw new UserErrorException(ExitCode.Usage, $"{path}: made by another recipe.\n  checkpoint: {recipe}\n  command:    {options.Recipe}\nGive the same flags, or another --name.");
    }

    /// <summary>Runs to the end of the schedule; the task is left with the averaged weights in place.</summary>
    /// <param name="cancellation">Stops between two steps, after writing a checkpoint.</param>
    /// <returns>What the last measurement said.</returns>
    /// <exception cref="UserErrorException">The loss is not finite, or the checkpoint does not belong to this recipe.</exception>
    public string Run(CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.Folder);
        using Ema ema = new(task.Weights, options.EmaDecay);
        long step = options.Resume ? Restore(ema) : 0;
        if (step == 0)
            File.WriteAllText(logPath, "step,loss,learning_rate,images_per_second,evaluation\n");

        long steps = options.Schedule.Steps;
        TrainingProgress progress = new(options.Name, step, steps, task.BatchSize);
        DateTime checkpointed = DateTime.UtcNow;
        string evaluation = "";
        while (step < steps)
        {
            if (cancellation.IsCancellationRequested || (options.StopAfter > 0 && step >= options.StopAfter))
            {
                Save(ema, step);
                progress.Finish();
                Console.Error.WriteLine($"realtime: stopped after step {step}; the same command with --resume goes on from {checkpointPath}");
                throw new OperationCanceledException(cancellation);
            }

            step++;
            float loss = Step(step, steps);
            Losses.Add(loss);
            ema.Update(step);
            progress.Show(step, loss);

            if (step % options.EvaluateEvery == 0 || step == steps)
            {
                evaluation = Evaluate(ema, keep: step == steps);
                progress.Note($"step {step}  loss {progress.MeanLoss:0.0000}  {evaluation}");
            }

            if (step % 50 == 0 || step == steps)
            {
                bool evaluated = step % options.EvaluateEvery == 0 || step == steps;
                File.AppendAllText(logPath, string.Create(CultureInfo.InvariantCulture,
                    $"{step},{progress.MeanLoss:0.000000},{options.Schedule.At(step):0.000000},{progress.ImagesPerSecond:0},{(evaluated ? evaluation : "")}\n"));
            }

            if (step < steps && (DateTime.UtcNow - checkpointed).TotalSeconds > options.CheckpointSeconds)
            {
                Save(ema, step);
                checkpointed = DateTime.UtcNow;
            }
        }

        progress.Finish();
        if (evaluation.Length == 0)         // resumed at the end: nothing was left to do but the measurement
            evaluation = Evaluate(ema, keep: true);
        return evaluation;
    }

    private float Step(long step, long steps)
    {
        using DisposeScope scope = NewDisposeScope();
        // One generator a step, from seed and step alone: a resumed run draws what the uninterrupted one would have drawn.
        Random random = new(unchecked((int)(options.Seed * 1_000_003L + step)));
        Tensor loss = task.Loss(step, steps, random);
        float value = loss.ToSingle();
        if (!float.IsFinite(value))
            throw new UserErrorException(ExitCode.Failed, string.Create(CultureInfo.InvariantCulture,
                $"{options.Name}: the loss is {value} at step {step} (learning rate {options.Schedule.At(step):0.00000}, the step before it had {(Losses.Count > 0 ? Losses[^1] : float.NaN):0.0000}). Lower --lr; the last checkpoint is {checkpointPath}."));
        loss.backward();
        task.Optimizer.Step(options.Schedule.At(step), step);
        return value;
    }

    private string Evaluate(Ema ema, bool keep)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable still = no_grad();
        ema.Swap();
        string evaluation = task.Evaluate();
        options.Keep?.Invoke(evaluation);
        if (!keep)
            ema.Swap();
        return evaluation;
    }

    private IEnumerable<(string, Tensor)> Everything(Ema ema) => [.. task.Weights, .. task.Optimizer.State, .. ema.State];

    private void Save(Ema ema, long step) => Safetensors.Write(checkpointPath, Everything(ema), new Dictionary<string, string>
    {
        ["step"] = step.ToString(CultureInfo.InvariantCulture),
        ["recipe"] = options.Recipe,
    });

    private long Restore(Ema ema)
    {
        CheckResume(options);
        Safetensors.Read(checkpointPath, Everything(ema));
        return long.Parse(Safetensors.ReadMetadata(checkpointPath)["step"], CultureInfo.InvariantCulture);
    }

    private static string CheckpointOf(RunOptions options) => Path.Combine(options.Folder, options.Name + ".checkpoint.safetensors");
}
