namespace Realtime.Filter.Video;

/// <summary>One stream of a media file.</summary>
/// <param name="Index">Its place in the file.</param>
/// <param name="Kind">video, audio, subtitle, data or attachment.</param>
/// <param name="Codec">ffmpeg's codec name.</param>
/// <param name="IsPicture">A cover picture rather than video.</param>
public sealed record MediaStreamInfo(int Index, string Kind, string Codec, bool IsPicture);
