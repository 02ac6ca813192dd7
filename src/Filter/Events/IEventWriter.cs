namespace Realtime.Filter.Events;

/// <summary>Where events go. Used from one thread; disposing it ends what is under way.</summary>
internal interface IEventWriter : IDisposable
{
    /// <summary>Where, for messages; without credentials.</summary>
    string Name { get; }

    /// <summary>What became of the events.</summary>
    EventCounts Counts { get; }

    /// <summary>Events that wait to be delivered.</summary>
    int Waiting => 0;

    /// <summary>Takes an event. What cannot be delivered is counted, told of, and stops nothing.</summary>
    /// <param name="line">A JSON object and a line feed.</param>
    void Write(ReadOnlySpan<byte> line);
}
