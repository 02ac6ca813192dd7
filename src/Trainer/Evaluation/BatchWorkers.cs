using System.Runtime.ExceptionServices;

namespace Realtime.Trainer.Evaluation;

/// <summary>Threads that take whole batches, each with models of its own, so that no figure depends on their number.</summary>
/// <param name="first">The first thread's models; borrowed.</param>
/// <param name="open">Makes the models of the others, which they dispose of.</param>
internal sealed class BatchWorkers(IEvaluationModels first, Func<IEvaluationModels> open)
{
    /// <summary>Takes every batch once.</summary>
    /// <param name="workers">Threads, at least 1.</param>
    /// <param name="batches">Number of batches.</param>
    /// <param name="work">What is done with a batch; its token also ends when another thread fails.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <remarks>Throws the first real fault of any thread: the others only stop because of it.</remarks>
    public void Run(int workers, int batches, Action<int, IEvaluationModels, CancellationToken> work, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        int next = -1;
        Exception?[] faults = new Exception?[workers];
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(workers, batches)).Select(number => new Thread(() => Guarded(number)) { Name = $"evaluate {number + 1}" })];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        if ((faults.FirstOrDefault(fault => fault is not null and not OperationCanceledException) ?? faults.FirstOrDefault(fault => fault is not null)) is Exception found)
            ExceptionDispatchInfo.Throw(found);

        void Guarded(int number)
        {
            try
            {
                using IEvaluationModels? own = number == 0 ? null : open();
                for (int batch = Interlocked.Increment(ref next); batch < batches; batch = Interlocked.Increment(ref next))
                    work(batch, own ?? first, stop.Token);
            }
            catch (Exception fault)
            {
                faults[number] = fault;
                stop.Cancel();
            }
        }
    }
}
