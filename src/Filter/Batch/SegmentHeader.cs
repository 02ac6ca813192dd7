namespace Realtime.Filter.Batch;

/// <summary>What segments were made from and with. Others do not fit to them.</summary>
/// <param name="Input">SHA-256 of the input.</param>
/// <param name="Settings">See <see cref="Fingerprint.Of"/>.</param>
/// <param name="FFmpeg">Version of ffmpeg: another one may encode otherwise.</param>
internal sealed record SegmentHeader(string Input, string Settings, string FFmpeg);
