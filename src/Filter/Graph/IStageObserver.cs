namespace Realtime.Filter.Graph;

/// <summary>Is told of the work of every thread of a graph, on that thread. It must be quick and must not allocate.</summary>
public interface IStageObserver
{
    /// <summary>A frame was worked on.</summary>
    /// <param name="stage">Name of the stage; "source" and "sink" at the ends.</param>
    /// <param name="elapsed">In ticks of <see cref="System.Diagnostics.Stopwatch"/>, without waiting.</param>
    void Worked(string stage, long elapsed);
}
