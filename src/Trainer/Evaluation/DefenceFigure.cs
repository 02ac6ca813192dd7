namespace Realtime.Trainer.Evaluation;

/// <summary>What an evaluation found of one defence as a whole.</summary>
/// <param name="Defence">"none" or the defence's name.</param>
/// <param name="Gradient">What its backward pass is: "exact", or the stand-in.</param>
/// <param name="IsStochastic">Whether it draws.</param>
/// <param name="WorstCase">
/// The headline: pictures that are right in every column of <paramref name="Over"/>, and in every draw of a stochastic defence. Null where no attack
/// was measured.
/// </param>
/// <param name="Over">The columns that entered: clean, and what was measured of (b) to (g), for "none" of (a) and (b).</param>
/// <param name="Milliseconds">For a picture, in a batch of <see cref="EvaluationPlan.BatchSize"/> (or fewer), on one core; NaN for "none".</param>
public sealed record DefenceFigure(string Defence, string Gradient, bool IsStochastic, Share? WorstCase, IReadOnlyList<string> Over, double Milliseconds);
