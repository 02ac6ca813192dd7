namespace Realtime.Trainer.Training;

/// <summary>The settings of a purifier's adversarial training.</summary>
/// <param name="BatchSize">Pictures a step.</param>
/// <param name="Attack">How the pictures of a step are attacked.</param>
/// <param name="RadiusWarmUp">Share of the steps over which the radius of the attack grows from 0: from the full radius at once, training first forgets the picture.</param>
/// <param name="PixelWeight">Weight of the L1 distance, in 8-bit levels, between the purified and the clean picture: keeps the output a picture.</param>
/// <param name="CleanWeight">Share of the cross-entropy taken on clean pictures; 0 looks at attacked ones only.</param>
/// <param name="Shift">Largest shift of a picture, in pixels.</param>
/// <param name="WeightDecay">Decoupled weight decay.</param>
/// <param name="Seed">Seed of the order of pictures.</param>
public sealed record HardenedRecipe(
    int BatchSize, TrainingAttack Attack, double RadiusWarmUp, double PixelWeight, double CleanWeight, int Shift, double WeightDecay, int Seed)
{
    /// <summary>The attack of <paramref name="step"/>, while its radius grows and after.</summary>
    public TrainingAttack AttackAt(long step, long steps)
    {
        double share = RadiusWarmUp > 0 ? Math.Min(1, step / (RadiusWarmUp * steps)) : 1;
        return Attack with { Epsilon = (float)(Attack.Epsilon * share), StepSize = (float)(Attack.StepSize * share) };
    }
}
