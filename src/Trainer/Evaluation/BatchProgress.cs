using System.Diagnostics;
using System.Globalization;

namespace Realtime.Trainer.Evaluation;

/// <summary>One line on a terminal: how many batches, or what else is counted, are done and how long the others will take. Silent where stderr is a file. Thread-safe.</summary>
/// <param name="what">The first word of the line.</param>
/// <param name="unit">What is counted.</param>
internal sealed class BatchProgress(string what, string unit = "batches")
{
    private const int Width = 60;

    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>Shows the line.</summary>
    /// <param name="done">Batches that are done, at least 1.</param>
    /// <param name="all">Batches in all.</param>
    public void Show(int done, int all)
    {
        if (Console.IsErrorRedirected)
            return;
        TimeSpan left = watch.Elapsed * ((double)(all - done) / done);
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{what}  {done}/{all} {unit}  {left:h\\:mm\\:ss} left").PadRight(Width));
    }

    /// <summary>Takes the line away.</summary>
    public static void Clear()
    {
        if (!Console.IsErrorRedirected)
            Console.Error.Write("\r" + new string(' ', Width) + "\r");
    }
}
