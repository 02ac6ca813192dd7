using Realtime.Filter.Attacks;
using Realtime.Filter.Frames;

namespace Realtime.Viewer.Live;

/// <summary>Makes the perturbation that the user has chosen. Used from the attacker's thread.</summary>
internal sealed class PerturbationMaker : IDisposable
{
    private readonly ViewState state;
    private readonly IGradient victim;
    private readonly UniversalMaker universal;
    private readonly byte[] attacked;
    private FrameAttacker? attacker;
    private (string Attack, int Eps, int Steps) prepared;

    /// <summary>Prepares for frames of the victim's size.</summary>
    /// <param name="state">Says which.</param>
    /// <param name="victim">The model under attack.</param>
    /// <param name="truthOf">The true class of a frame of the source, or -1.</param>
    public PerturbationMaker(ViewState state, IGradient victim, Func<FrameSlot, int> truthOf)
    {
        this.state = state;
        this.victim = victim;
        universal = new UniversalMaker(state, victim, truthOf);
        attacked = new byte[victim.PictureLength];
    }

    /// <summary>Whether there is work that needs no new frame.</summary>
    public bool HasWork => state.AttackOn && state.Attack == LiveAttacks.Universal && universal is { IsReady: false, NeedsFrame: false };

    /// <summary>Makes one; while a universal one is being computed it goes on with that, and there is none.</summary>
    /// <param name="number">Of the perturbation: makes chance repeatable.</param>
    /// <param name="raw">[H, W, 3] the newest frame.</param>
    /// <param name="label">What to lead away from.</param>
    /// <param name="levels">[H, W, 3] what is to be added, -eps to eps.</param>
    public void Make(long number, ReadOnlySpan<byte> raw, int label, Span<short> levels)
    {
        (string attack, int eps) = (state.Attack, state.Eps);      // read once: the user may choose another meanwhile
        switch (attack)
        {
            case LiveAttacks.Noise:
                Random random = new((int)number);
                foreach (ref short level in levels)
                    level = (short)(random.Next(2) == 0 ? -eps : eps);
                break;
            case LiveAttacks.Universal:
                MakeUniversal(eps, raw, label, levels);
                break;
            default:
                Attacker(attack, eps).Attack(number, raw, label, attacked);
                for (int i = 0; i < levels.Length; i++)
                    levels[i] = (short)(attacked[i] - raw[i]);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => universal.Dispose();

    // The one of last time, with its memory, where the user has chosen nothing else.
    private FrameAttacker Attacker(string name, int eps)
    {
        (string Attack, int Eps, int Steps) wanted = (name, eps, state.Steps);
        if (attacker is not null && wanted == prepared)
            return attacker;
        IAttack attack = AttackFactory.Create(wanted.Attack, wanted.Eps / 255f, LiveAttacks.HasSteps(wanted.Attack) ? wanted.Steps : null);
        prepared = wanted;
        return attacker = new FrameAttacker(attack, victim, 1);
    }

    private void MakeUniversal(int eps, ReadOnlySpan<byte> raw, int label, Span<short> levels)
    {
        if (!universal.IsReady)
            universal.GoOn(raw, label);
        state.Computing = universal.IsReady ? default : (universal.Done, universal.Total);
        if (universal.IsReady)
            universal.Write(eps, levels);
        else
            levels.Clear();
    }
}
