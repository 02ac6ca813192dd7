using System.Text;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Video.Nut;

/// <summary>
/// Writes one stream of packed RGB pictures as NUT. Every frame stands behind a syncpoint and carries its whole time stamp, so that the
/// reader needs no state. Does not own the stream; allocates nothing per frame.
/// </summary>
internal sealed class NutWriter
{
    private const int MsbPtsShift = 7;
    private const int MaxDistance = 65536;   // the longest step between syncpoints that ffmpeg accepts

    private readonly Stream stream;
    private readonly int frameBytes;
    private readonly byte[] scratch = new byte[128];

    /// <summary>Writes the headers.</summary>
    /// <param name="stream">Where the bytes go.</param>
    /// <param name="format">Size and time base of the pictures.</param>
    /// <param name="rate">Nominal frames a second. ffmpeg takes 1 / rate for the duration of the last frame.</param>
    public NutWriter(Stream stream, FrameFormat format, (int Numerator, int Denominator) rate)
    {
        this.stream = stream;
        frameBytes = format.ByteCount;
        stream.Write(NutFormat.Signature);
        WritePacket(NutFormat.MainStartCode, MainHeader(format.TimeBase));
        WritePacket(NutFormat.StreamStartCode, StreamHeader(format));
        WritePacket(NutFormat.InfoStartCode, RateInfo(rate));
    }

    /// <summary>Writes one picture.</summary>
    /// <param name="pts">Time stamp in units of the format's time base, at least 0 (ffmpeg's NUT reader knows no negative ones).</param>
    /// <param name="pixels">[H, W, 3].</param>
    public void Write(long pts, ReadOnlySpan<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pts);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, frameBytes, nameof(pixels));

        Span<byte> head = scratch;
        int at = NutFormat.PutU64(head, NutFormat.SyncpointStartCode);
        Span<byte> body = stackalloc byte[16];
        int length = NutFormat.PutV(body, (ulong)pts);       // global_key_pts, of time base 0
        length += NutFormat.PutV(body[length..], 0);         // back_ptr_div16: nobody seeks in a pipe
        at += NutFormat.PutV(head[at..], (ulong)length + sizeof(uint));
        body[..length].CopyTo(head[at..]);
        at += length;
        at += NutFormat.PutU32(head[at..], NutFormat.Crc(body[..length]));

        int frame = at;
        head[at++] = 0;                                      // every frame code of our table means the same
        at += NutFormat.PutV(head[at..], (ulong)pts + (1 << MsbPtsShift));
        at += NutFormat.PutV(head[at..], (ulong)pixels.Length);
        at += NutFormat.PutU32(head[at..], NutFormat.Crc(head[frame..at]));

        stream.Write(head[..at]);
        stream.Write(pixels);
    }

    private static byte[] MainHeader(TimeBase timeBase)
    {
        const int Flags = NutFormat.FlagKey | NutFormat.FlagCodedPts | NutFormat.FlagSizeMsb | NutFormat.FlagChecksum;
        NutFields fields = new();
        fields.V(3).V(1).V(MaxDistance);                                  // version, streams
        fields.V(1).V((ulong)timeBase.Numerator).V((ulong)timeBase.Denominator);
        // The frame code table in one row of six fields: pts delta, size multiplier, stream, size, reserved, and the row's
        // length, 255 of the 256 codes because 'N' is never one.
        fields.V(Flags).V(6).V(0).V(1).V(0).V(0).V(0).V(255);
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
