namespace Realtime.Filter.Video.Nut;

/// <summary>What one frame code of a NUT file stands for: the fields that a frame with this code need not write.</summary>
internal readonly record struct FrameCode(int Flags, long PtsDelta, long SizeMultiplier, long SizeLsb, int Reserved, int HeaderIndex)
{
    /// <summary>Reads the table of 256 codes from the main header: rows of consecutive codes whose size grows by one.</summary>
    public static FrameCode[] ReadTable(NutInput input)
    {
        FrameCode[] table = new FrameCode[256];
        long ptsDelta = 0, multiplier = 1;
        int header = 0;
        for (int i = 0; i < 256;)
        {
            int flags = (int)input.V();
            ulong fields = input.V();
            if (fields > 0) ptsDelta = input.S();
            if (fields > 1) multiplier = (long)input.V();
            if (fields > 2) input.V();   // stream: there is one
            long size = fields > 3 ? (long)input.V() : 0;
            int reserved = fields > 4 ? (int)input.V() : 0;
            long count = fields > 5 ? (long)input.V() : multiplier - size;
            if (fields > 6) input.S();   // match_time_delta: only for seeking
            if (fields > 7) header = (int)input.V();
            for (ulong j = 8; j < fields; j++)
                input.V();
            if (count < 1)
                throw new InvalidDataException("NUT: an empty row in the frame code table.");

            for (long j = 0; j < count && i < 256; i++)
            {
                // 'N' begins a packet and is never a frame code; it takes a place but no step of the row.
                table[i] = i == 'N'
                    ? new FrameCode(NutFormat.FlagInvalid, 0, 0, 0, 0, 0)
                    : new FrameCode(flags, ptsDelta, multiplier, size + j++, reserved, header);
            }
        }

        return table;
    }
}
