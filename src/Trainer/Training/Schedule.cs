namespace Realtime.Trainer.Training;

/// <summary>Learning rate over a run: linear warm-up, then a cosine to zero.</summary>
/// <param name="Peak">Highest learning rate.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="WarmUp">Steps of the warm-up.</param>
public sealed record Schedule(double Peak, long Steps, long WarmUp)
{
    /// <summary>The learning rate of <paramref name="step"/>, counted from 1.</summary>
    public double At(long step)
    {
        if (step <= WarmUp)
            return Peak * step / WarmUp;
        double done = (double)(step - WarmUp) / Math.Max(1, Steps - WarmUp + 1);
        return Peak * 0.5 * (1 + Math.Cos(Math.PI * done));
    }
}
