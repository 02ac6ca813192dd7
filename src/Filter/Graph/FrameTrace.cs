using System.Diagnostics;
using System.Text.Json;

namespace Realtime.Filter.Graph;

/// <summary>
/// Writes down what each thread did when, as a Chrome trace: a JSON array of complete events ("ph": "X", times in microseconds) that chrome://tracing
/// and Perfetto open. Events go straight to the stream through a buffer of fixed size. Safe to use from several threads; the stream is borrowed.
/// </summary>
/// <remarks>Format: "Trace Event Format", JSON array, by the Chromium project.</remarks>
public sealed class FrameTrace : IDisposable
{
    private const int BufferBytes = 1 << 15;

    private readonly object gate = new();
    private readonly Utf8JsonWriter writer;
    private readonly long origin = Stopwatch.GetTimestamp();
    private int tracks;

    /// <summary>Begins a trace; its times count from now.</summary>
    /// <param name="stream">Where it is written.</param>
    /// <param name="process">What the traced program shall be called.</param>
    public FrameTrace(Stream stream, string process)
    {
        writer = new Utf8JsonWriter(stream);
        writer.WriteStartArray();
        WriteName("process_name", 0, process);
    }

    /// <summary>Adds a line of the picture, for a thread or a worker whose events do not overlap.</summary>
    /// <returns>Its number, for <see cref="Add"/>.</returns>
    public int AddTrack(string name)
    {
        lock (gate)
        {
            WriteName("thread_name", ++tracks, name);
            return tracks;
        }
    }

    /// <summary>Adds an event.</summary>
    /// <param name="track">Of <see cref="AddTrack"/>.</param>
    /// <param name="name">What was done.</param>
    /// <param name="begin">When, in ticks of <see cref="Stopwatch"/>.</param>
    /// <param name="end">Until when.</param>
    /// <param name="about">What <paramref name="number"/> counts ("frame", "tiles"); null for none.</param>
    /// <param name="number">A number that belongs to the event.</param>
    public void Add(int track, string name, long begin, long end, string? about = null, long number = 0)
    {
        double from = Microseconds(begin);
        lock (gate)
        {
            WriteBegin(name, "X", track);
            writer.WriteNumber("ts", from);
            writer.WriteNumber("dur", Math.Round(Microseconds(end) - from, 3));
            if (about is not null)
            {
                writer.WriteStartObject("args");
                writer.WriteNumber(about, number);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            if (writer.BytesPending > BufferBytes)
                writer.Flush();
        }
    }

    /// <summary>Ends the trace and writes what is left of it.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            writer.WriteEndArray();
            writer.Dispose();
        }
    }

    private double Microseconds(long at) => Math.Round((at - origin) * 1e6 / Stopwatch.Frequency, 3);

    private void WriteName(string kind, int track, string name)
    {
        WriteBegin(kind, "M", track);
        writer.WriteStartObject("args");
        writer.WriteString("name", name);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteBegin(string name, string phase, int track)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("ph", phase);
        writer.WriteNumber("pid", Environment.ProcessId);
        writer.WriteNumber("tid", track);
    }
}
