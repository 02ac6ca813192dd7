using System.Globalization;

namespace Realtime.Trainer.Evaluation;

/// <summary>One line on a terminal: how far an evaluation is and how long it will take. Silent where stderr is a file. Thread-safe.</summary>
public sealed class EvaluationProgress
{
    private const int Width = 110;

    private readonly object gate = new();
    private readonly Dictionary<string, (int Left, int Done, double Seconds)> units = [];
    private readonly int workers;

    /// <summary>Begins with what is to be done.</summary>
    /// <param name="run">Tells the work.</param>
    /// <param name="journal">What is done already.</param>
    /// <param name="workers">Threads that share it.</param>
    public EvaluationProgress(IEnumerable<(EvaluationUnit Unit, int Batch)> run, EvaluationJournal journal, int workers)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(journal);
        this.workers = workers;
        foreach ((EvaluationUnit unit, int batch) in run)
        {
            (int left, int done, double seconds) = units.GetValueOrDefault(unit.Name);
            units[unit.Name] = journal.Find(unit.Name, batch) is BatchMeasurement known ? (left, done + 1, seconds + known.Seconds) : (left + 1, done, seconds);
        }
    }

    private static bool IsShown => !Console.IsErrorRedirected;

    /// <summary>Counts a measurement and shows the line.</summary>
    public void Add(BatchMeasurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        lock (gate)
        {
            (int left, int done, double seconds) = units[measurement.Unit];
            units[measurement.Unit] = (left - 1, done + 1, seconds + measurement.Seconds);
            if (!IsShown)
                return;
            int finished = units.Values.Sum(unit => unit.Done), all = finished + units.Values.Sum(unit => unit.Left);
            string line = string.Create(CultureInfo.InvariantCulture, $"{finished}/{all}  {measurement.Unit}, batch {measurement.Batch + 1}  {Left()} left");
            Console.Error.Write("\r" + (line.Length > Width ? line[..Width] : line.PadRight(Width)));
        }
    }

    /// <summary>Takes the line away.</summary>
    public static void Clear()
    {
        if (IsShown)
            Console.Error.Write("\r" + new string(' ', Width) + "\r");
    }

    // A unit that has not run yet is taken for as slow as the mean of the others.
    private string Left()
    {
        double mean = units.Values.Sum(unit => unit.Seconds) / Math.Max(1, units.Values.Sum(unit => unit.Done));
        double seconds = units.Values.Sum(unit => unit.Left * (unit.Done > 0 ? unit.Seconds / unit.Done : mean));
        return TimeSpan.FromSeconds(seconds / workers).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
    }
}
