using Realtime.Filter.Frames;

namespace Realtime.Filter.Video.Nut;

/// <summary>
/// Reads the one raw stream, pictures or sound, that our own ffmpeg child writes as NUT. Does not own the stream; allocates nothing per frame.
/// </summary>
internal sealed class NutReader
{
    private readonly NutInput input;
    private FrameCode[] codes = [];
    private byte[][] elisions = [];
    private TimeBase[] timeBases = [];
    private int msbPtsShift;
    private long lastPts;

    /// <summary>Reads up to the first frame. A stream that ends before is <see cref="EndOfStreamException"/>.</summary>
    public NutReader(Stream stream)
    {
        input = new NutInput(stream);
        input.Expect(NutFormat.Signature);
        bool hasStream = false;
        while (!hasStream)
        {
            ulong startCode = input.U64();
            long end = input.PacketEnd();
            if (startCode == NutFormat.MainStartCode)
                ReadMainHeader();
            else if (startCode == NutFormat.StreamStartCode)
                hasStream = ReadStreamHeader();
            input.SkipTo(end);
        }
    }

    /// <summary>Pixels a row; 0 for sound.</summary>
    public int Width { get; private set; }

    /// <summary>Rows; 0 for sound.</summary>
    public int Height { get; private set; }

    /// <summary>The unit of the time stamps; ffmpeg refines the source's own time base by a whole factor.</summary>
    public TimeBase TimeBase { get; private set; }

    /// <summary>Reads the next picture.</summary>
    /// <param name="pixels">Receives [H, W, 3]; its length must be the frame's.</param>
    /// <param name="pts">The time stamp in units of <see cref="TimeBase"/>.</param>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="EndOfStreamException">The stream ended within a frame.</exception>
    public bool TryRead(Span<byte> pixels, out long pts)
    {
        int size = TryReadSome(pixels, out pts);
        if (size > 0 && size != pixels.Length)
            throw new InvalidDataException($"NUT: a frame of {size} bytes where {Width}x{Height} RGB has {pixels.Length}.");
        return size > 0;
    }

    /// <summary>Reads the next frame, whose size is its own affair.</summary>
    /// <param name="target">Has room for it.</param>
    /// <param name="pts">The time stamp in units of <see cref="TimeBase"/>.</param>
    /// <returns>Its bytes; 0 at the end of the stream.</returns>
    /// <exception cref="EndOfStreamException">The stream ended within a frame.</exception>
    public int TryReadSome(Span<byte> target, out long pts)
    {
        pts = 0;
        while (input.TryPeek(out byte first))
        {
            if (first != (byte)'N')
            {
                int size = ReadFrame(target, out pts);
                if (size > 0)
                    return size;
                continue;
            }

            ulong startCode = input.U64();
            long end = input.PacketEnd();
            if (startCode == NutFormat.SyncpointStartCode)
                ReadSyncpoint();
            input.SkipTo(end);
        }

        return 0;
    }

    private int ReadFrame(Span<byte> target, out long pts)
    {
        FrameCode code = codes[input.U8()];
        int flags = code.Flags;
        if ((flags & NutFormat.FlagInvalid) != 0)
            throw new InvalidDataException("NUT: invalid frame code.");
        if ((flags & NutFormat.FlagCoded) != 0)
            flags ^= (int)input.V();
        if ((flags & NutFormat.FlagStreamId) != 0)
            input.V();
        pts = (flags & NutFormat.FlagCodedPts) != 0 ? FullPts(input.V()) : lastPts + code.PtsDelta;
        long size = code.SizeLsb;
        if ((flags & NutFormat.FlagSizeMsb) != 0)
            size += code.SizeMultiplier * (long)input.V();
        if ((flags & NutFormat.FlagMatchTime) != 0)
            input.V();
        int header = (flags & NutFormat.FlagHeaderIndex) != 0 ? (int)input.V() : code.HeaderIndex;
        int reserved = (flags & NutFormat.FlagReserved) != 0 ? (int)input.V() : code.Reserved;
        for (int i = 0; i < reserved; i++)
            input.V();
        if ((flags & NutFormat.FlagChecksum) != 0)
            input.U32();   // of a pipe between two processes of one machine: nothing to gain from checking it
        if (size > target.Length)
            throw new InvalidDataException($"NUT: a frame of {size} bytes where at most {target.Length} are expected.");

        // The start of a small frame may be one of the main header's elision headers, left out of the stream.
        byte[] elided = size > NutFormat.LongPacket ? [] : elisions[header];
        elided.CopyTo(target);
        input.Read(target[elided.Length..(int)size]);
        lastPts = pts;
        return (int)size;
    }

    // A short time stamp is its low bits, near the last one; a long one is moved up by the range of the short ones.
    private long FullPts(ulong coded)
    {
        long range = 1L << msbPtsShift;
        if ((long)coded >= range)
            return (long)coded - range;
        long lowest = lastPts - ((range - 1) / 2);
        return (((long)coded - lowest) & (range - 1)) + lowest;
    }

    private void ReadSyncpoint()
    {
        ulong coded = input.V();
        TimeBase unit = timeBases[(int)(coded % (ulong)timeBases.Length)];
        Int128 ticks = (Int128)(coded / (ulong)timeBases.Length) * unit.Numerator * TimeBase.Denominator;
        lastPts = (long)(ticks / ((Int128)unit.Denominator * TimeBase.Numerator));
    }

    private void ReadMainHeader()
    {
        ulong version = input.V();
        if (version > 3)
            throw new InvalidDataException($"NUT: version {version}; 3 is known.");
        if (input.V() != 1)
            throw new InvalidDataException("NUT: more than one stream.");
        input.V();   // max_distance
        timeBases = new TimeBase[(int)input.V()];
        for (int i = 0; i < timeBases.Length; i++)
            timeBases[i] = new TimeBase((int)input.V(), (int)input.V());
        codes = FrameCode.ReadTable(input);
        elisions = new byte[(int)input.V() + 1][];
        elisions[0] = [];
        for (int i = 1; i < elisions.Length; i++)
            elisions[i] = input.Bytes();
    }

    private bool ReadStreamHeader()
    {
        input.V();       // stream id
        bool isSound = input.V() == 1;
        input.Bytes();   // fourcc: we asked for rgb24 or pcm_s16le
        TimeBase = timeBases[(int)input.V()];
        msbPtsShift = (int)input.V();
        input.V();       // max_pts_distance
        input.V();       // decode_delay
        input.V();       // stream flags
        input.Bytes();   // codec data
        if (!isSound)
            (Width, Height) = ((int)input.V(), (int)input.V());
        return true;
    }
}
