using System.Text;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Video.Nut;

/// <summary>
/// Writes one stream of packed RGB pictures as NUT, with sound beside it where there is any. Every frame stands behind a syncpoint and carries its
/// whole time stamp, so that the reader needs no state. Does not own the stream; allocates nothing per frame.
/// </summary>
internal sealed class NutWriter
{
    private const int MsbPtsShift = 7;
    private const int MaxDistance = 65536;   // the longest step between syncpoints that ffmpeg accepts

    private readonly Stream stream;
    private readonly int frameBytes;
    private readonly int streams;
    private readonly byte[] scratch = new byte[128];

    /// <summary>Writes the headers.</summary>
    /// <param name="stream">Where the bytes go.</param>
    /// <param name="format">Size and time base of the pictures.</param>
    /// <param name="rate">Nominal frames a second. ffmpeg takes 1 / rate for the duration of the last frame.</param>
    /// <param name="hasSound">Whether <see cref="WriteSound"/> is going to be called.</param>
    public NutWriter(Stream stream, FrameFormat format, (int Numerator, int Denominator) rate, bool hasSound = false)
    {
        this.stream = stream;
        frameBytes = format.ByteCount;
        streams = hasSound ? 2 : 1;
        stream.Write(NutFormat.Signature);
        WritePacket(NutFormat.MainStartCode, MainHeader(format.TimeBase));
        WritePacket(NutFormat.StreamStartCode, StreamHeader(format));
        if (hasSound)
            WritePacket(NutFormat.StreamStartCode, SoundHeader());
        WritePacket(NutFormat.InfoStartCode, RateInfo(rate));
    }

    /// <summary>Writes one picture.</summary>
    /// <param name="pts">Time stamp in units of the format's time base, at least 0 (ffmpeg's NUT reader knows no negative ones).</param>
    /// <param name="pixels">[H, W, 3].</param>
    public void Write(long pts, ReadOnlySpan<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, frameBytes, nameof(pixels));
        Write(0, pts, pixels);
    }

    /// <summary>Writes sound, as <see cref="SoundTrack"/> has it.</summary>
    /// <param name="at">The place of its first sample, at least 0.</param>
    /// <param name="samples">16-bit, left and right in turn.</param>
    public void WriteSound(long at, ReadOnlySpan<byte> samples)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(streams, 2, nameof(samples));
        Write(1, at, samples);
    }

    private void Write(int id, long pts, ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pts);
        Span<byte> head = scratch;
        int at = NutFormat.PutU64(head, NutFormat.SyncpointStartCode);
        Span<byte> body = stackalloc byte[16];
        int length = NutFormat.PutV(body, ((ulong)pts * (ulong)streams) + (ulong)id);     // global_key_pts, of the stream's own time base
        length += NutFormat.PutV(body[length..], 0);         // back_ptr_div16: nobody seeks in a pipe
        at += NutFormat.PutV(head[at..], (ulong)length + sizeof(uint));
        body[..length].CopyTo(head[at..]);
        at += length;
        at += NutFormat.PutU32(head[at..], NutFormat.Crc(body[..length]));

        int frame = at;
        head[at++] = (byte)id;                               // a frame code says no more than whose frame it is
        at += NutFormat.PutV(head[at..], (ulong)pts + (1 << MsbPtsShift));
        at += NutFormat.PutV(head[at..], (ulong)bytes.Length);
        at += NutFormat.PutU32(head[at..], NutFormat.Crc(head[frame..at]));

        stream.Write(head[..at]);
        stream.Write(bytes);
    }

    private byte[] MainHeader(TimeBase timeBase)
    {
        const int Flags = NutFormat.FlagKey | NutFormat.FlagCodedPts | NutFormat.FlagSizeMsb | NutFormat.FlagChecksum;
        NutFields fields = new();
        fields.V(3).V((ulong)streams).V(MaxDistance);                     // version, streams
        fields.V((ulong)streams).V((ulong)timeBase.Numerator).V((ulong)timeBase.Denominator);
        if (streams > 1)
            fields.V(1).V(SoundTrack.Rate);
        // The frame code table in rows of six fields: pts delta, size multiplier, stream, size, reserved, and the row's
        // length; the last has what is left of the 255 codes, 256 without 'N'.
        for (int id = 0; id < streams; id++)
            fields.V(Flags).V(6).V(0).V(1).V((ulong)id).V(0).V(0).V(id < streams - 1 ? 1u : 256u - (ulong)streams);
        fields.V(0);                                                      // no elision headers
        return fields.ToArray();
    }

    private static byte[] StreamHeader(FrameFormat format)
    {
        NutFields fields = new();
        fields.V(0).V(0);                                                 // stream 0, class video
        fields.Bytes([(byte)'R', (byte)'G', (byte)'B', 24]);              // ffmpeg's fourcc of rgb24
        fields.V(0).V(MsbPtsShift).V(1).V(0).V(0);                        // time base, shift, max_pts_distance, delay, flags
        fields.Bytes([]);                                                 // codec data
        fields.V((ulong)format.Width).V((ulong)format.Height).V(0).V(0).V(0);   // sample aspect unknown, colorspace unknown
        return fields.ToArray();
    }

    private static byte[] SoundHeader()
    {
        NutFields fields = new();
        fields.V(1).V(1);                                                 // stream 1, class audio
        fields.Bytes([(byte)'P', (byte)'S', (byte)'D', 16]);              // ffmpeg's fourcc of pcm_s16le
        fields.V(1).V(MsbPtsShift).V(1).V(0).V(0);
        fields.Bytes([]);
        fields.V(SoundTrack.Rate).V(1).V(SoundTrack.Channels);            // samples a second as a fraction
        return fields.ToArray();
    }

    // Without the nominal rate ffmpeg would buffer frames to guess it, and the encoder's rate control would see 1 / time base.
    private static byte[] RateInfo((int Numerator, int Denominator) rate)
    {
        NutFields fields = new();
        fields.V(1).V(0).V(0).V(0).V(1);                                  // stream 0 (plus one), chapter, start, length, one entry
        fields.Bytes("r_frame_rate"u8);
        fields.S(-1);                                                     // the value is a text
        fields.Bytes(Encoding.ASCII.GetBytes($"{rate.Numerator}/{rate.Denominator}"));
        return fields.ToArray();
    }

    private void WritePacket(ulong startCode, ReadOnlySpan<byte> body)
    {
        Span<byte> head = scratch;
        int at = NutFormat.PutU64(head, startCode);
        at += NutFormat.PutV(head[at..], (ulong)body.Length + sizeof(uint));
        stream.Write(head[..at]);
        stream.Write(body);
        stream.Write(head[..NutFormat.PutU32(head, NutFormat.Crc(body))]);
    }
}
