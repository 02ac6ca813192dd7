using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Events;

/// <summary>Writes frames as JSON, an object a line (docs/operations.md has the fields). After the first frames it does not allocate. Used from one thread.</summary>
internal sealed class EventText : IDisposable
{
    private const int ProbabilityDigits = 5;
    private const int MillisecondDigits = 3;

    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private readonly Utf8JsonWriter json;
    private readonly JsonEncodedText[] labels;
    private readonly JsonEncodedText device;
    private readonly JsonEncodedText? stream;

    /// <summary>Prepares.</summary>
    /// <param name="labels">Class names; empty where there is no classifier.</param>
    /// <param name="device">What the purifier runs on.</param>
    /// <param name="stream">Which of several streams they are of; null for the only one.</param>
    public EventText(IReadOnlyList<string> labels, string device, string? stream = null)
    {
        json = new Utf8JsonWriter(buffer);
        this.labels = [.. labels.Select(label => Encode(label))];
        this.device = Encode(device);
        this.stream = stream is null ? null : Encode(stream);
    }

    /// <summary>Writes one.</summary>
    /// <param name="slot">The frame.</param>
    /// <param name="time">The time of day, UTC.</param>
    /// <param name="latency">Milliseconds from the decoder to here.</param>
    /// <param name="dropped">Frames dropped since the last event.</param>
    /// <returns>The object and a line feed; valid until the next call.</returns>
    public ReadOnlySpan<byte> Write(FrameSlot slot, DateTime time, double latency, long dropped)
    {
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        if (stream is { } name)
            json.WriteString("stream"u8, name);
        json.WriteNumber("frame"u8, slot.Id);
        json.WriteNumber("pts"u8, Math.Round(slot.Format.TimeBase.Seconds(slot.Pts), 6));
        json.WriteString("time"u8, time);
        WriteVerdicts("raw"u8, slot.Verdicts is { } before ? before.Raw : []);
        WriteVerdicts("purified"u8, slot.Verdicts is { } after ? after.Purified : []);
        if (slot.Verdicts is { } verdicts && double.IsFinite(verdicts.Score))
            json.WriteNumber("score"u8, Math.Round(verdicts.Score, ProbabilityDigits));
        else
            json.WriteNull("score"u8);
        json.WriteBoolean("flagged"u8, slot.Verdicts is { IsFlagged: true });
        json.WriteBoolean("alarm"u8, slot.Verdicts is { IsAlarm: true });
        json.WriteString("device"u8, device);
        json.WriteNumber("latencyMs"u8, Math.Round(latency, MillisecondDigits));
        json.WriteNumber("dropped"u8, dropped);
        json.WriteBoolean("unpurified"u8, !slot.IsPurified);
        json.WriteString("failure"u8, slot.Failure);
        json.WriteEndObject();
        json.Flush();
        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    public void Dispose() => json.Dispose();

    private static JsonEncodedText Encode(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    private void WriteVerdicts(ReadOnlySpan<byte> name, ReadOnlySpan<Verdict> verdicts)
    {
        if (verdicts.IsEmpty)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (Verdict verdict in verdicts)
        {
            json.WriteStartObject();
            json.WriteString("label"u8, labels[verdict.Label]);
            json.WriteNumber("probability"u8, Math.Round((double)verdict.Confidence, ProbabilityDigits));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
