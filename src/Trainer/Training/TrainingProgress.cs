using System.Diagnostics;
using System.Globalization;

namespace Realtime.Trainer.Training;

/// <summary>Images a second, time left and the running loss: one line on a terminal's stderr, notes on stdout.</summary>
public sealed class TrainingProgress(string name, long startStep, long steps, int batchSize)
{
    private const double LossMemory = 0.98;

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly bool terminal = !Console.IsErrorRedirected;
    private double shownAt;
    private double loss = double.NaN;
    private long done;          // steps of this process

    /// <summary>The loss, averaged over about the last 50 steps.</summary>
    public double MeanLoss => loss;

    /// <summary>Pictures a second since this process started.</summary>
    public double ImagesPerSecond => done * (double)batchSize / watch.Elapsed.TotalSeconds;

    /// <summary>Takes a step in and redraws at most four times a second.</summary>
    public void Show(long step, float stepLoss)
    {
        done = step - startStep;
        loss = double.IsNaN(loss) ? stepLoss : LossMemory * loss + (1 - LossMemory) * stepLoss;
        double now = watch.Elapsed.TotalSeconds;
        if (!terminal || now - shownAt < 0.25)
            return;
        shownAt = now;
        TimeSpan left = TimeSpan.FromSeconds((steps - step) * batchSize / Math.Max(1e-9, ImagesPerSecond));
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture,
            $"\r{name}  step {step}/{steps}  loss {loss:0.0000}  {ImagesPerSecond:0} images/s  {left:hh\\:mm\\:ss} left   "));
    }

    /// <summary>Prints a line that stays.</summary>
    public void Note(string text)
    {
        Finish();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}  {watch.Elapsed:hh\\:mm\\:ss}  {ImagesPerSecond:0} images/s  {text}"));
    }

    /// <summary>Clears the progress line.</summary>
    public void Finish()
    {
        if (terminal)
            Console.Error.Write("\r" + new string(' ', 100) + "\r");
    }
}
