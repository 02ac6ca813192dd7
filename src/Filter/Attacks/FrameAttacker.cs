using Realtime.Filter.Tiles;

namespace Realtime.Filter.Attacks;

/// <summary>
/// Attacks 8-bit frames of the victim's size: the result is again 8 bits and inside the ball. The random start of a frame depends on the
/// seed and the frame's number only, so that frames may be shared out among threads. Owns its scratch memory; used from one thread.
/// </summary>
public sealed class FrameAttacker
{
    private readonly IAttack attack;
    private readonly IGradient victim;
    private readonly int seed;
    private readonly float[] clean;         // [1, 3, H, W]
    private readonly float[] adversarial;   // [1, 3, H, W]
    private readonly float[] packed;        // [H, W, 3]
    private readonly long[] label = new long[1];

    /// <summary>Prepares for the frames of one size.</summary>
    /// <param name="attack">The attack; not shared with another thread.</param>
    /// <param name="victim">The model under attack; not shared with another thread.</param>
    /// <param name="seed">Of the random starts.</param>
    public FrameAttacker(IAttack attack, IGradient victim, int seed)
    {
        ArgumentNullException.ThrowIfNull(attack);
        ArgumentNullException.ThrowIfNull(victim);
        this.attack = attack;
        this.victim = victim;
        this.seed = seed;
        clean = new float[victim.PictureLength];
        adversarial = new float[victim.PictureLength];
        packed = new float[victim.PictureLength];
    }

    /// <summary>Attacks one frame.</summary>
    /// <param name="frame">Its number.</param>
    /// <param name="raw">[H, W, 3], 0..255, in the victim's size.</param>
    /// <param name="trueLabel">The class that the attack leads away from.</param>
    /// <param name="attacked">[H, W, 3] receives the result.</param>
    public void Attack(long frame, ReadOnlySpan<byte> raw, int trueLabel, Span<byte> attacked)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(raw.Length, clean.Length, nameof(raw));
        ArgumentOutOfRangeException.ThrowIfNotEqual(attacked.Length, clean.Length, nameof(attacked));
        int plane = clean.Length / 3;
        PlanarPixels.Split(raw, clean.AsSpan(0, plane), clean.AsSpan(plane, plane), clean.AsSpan(2 * plane));
        label[0] = trueLabel;
        attack.Perturb(victim, clean, label, adversarial, new Random(unchecked((seed * 31) + (int)frame)));

        for (int pixel = 0, at = 0; pixel < plane; pixel++, at += 3)
        {
            packed[at] = adversarial[pixel];
            packed[at + 1] = adversarial[plane + pixel];
            packed[at + 2] = adversarial[(2 * plane) + pixel];
        }
        EightBit.Round(attack, packed, raw, attacked);
    }
}
