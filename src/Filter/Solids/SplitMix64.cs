namespace Realtime.Filter.Solids;

/// <summary>
/// The SplitMix64 generator: one 64-bit state, integer arithmetic only, so that a seed gives the same numbers on every machine
/// and in every version of .NET.
/// </summary>
internal struct SplitMix64
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong state;

    /// <summary>Starts the stream of <paramref name="seed"/>.</summary>
    public SplitMix64(ulong seed) => state = seed;

    /// <summary>An independent stream for item <paramref name="index"/> of the sequence <paramref name="seed"/>.</summary>
    public static SplitMix64 At(ulong seed, long index) => new(Mix(Mix(seed) + Golden * (ulong)index));

    /// <summary>64 uniform bits.</summary>
    public ulong Next()
    {
        state += Golden;
        return Mix(state);
    }

    /// <summary>Uniform in [0, <paramref name="count"/>).</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Uniform in [0, 1), a multiple of 2^-24.</summary>
    public float Unit() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public float Range(float from, float to) => from + Unit() * (to - from);

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
