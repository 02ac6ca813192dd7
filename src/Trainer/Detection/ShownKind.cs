using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Detection;

/// <summary>A kind of picture that the alarm is shown.</summary>
/// <param name="Name">For tables; seeds its chance.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Make">Makes the pictures [places.Length, 3, S, S] of some places of a batch.</param>
public sealed record ShownKind(string Name, ShownRole Role, Func<UnitContext, int[], float[]> Make);
