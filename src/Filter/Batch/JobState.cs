namespace Realtime.Filter.Batch;

/// <summary>What a job was at when it was asked.</summary>
/// <param name="Item">The file.</param>
/// <param name="Step">A step without frames; empty while frames are purified.</param>
/// <param name="Frame">Frames of the file done.</param>
/// <param name="Frames">Frames of the file, where known.</param>
/// <param name="Bytes">How many of its bytes that stands for.</param>
internal sealed record JobState(BatchItem Item, string Step, long Frame, long? Frames, double Bytes);
