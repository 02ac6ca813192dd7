namespace Realtime.Trainer.Evaluation;

/// <summary>One line of an evaluation: what was attacked, with what knowledge, and how many pictures were still classified rightly.</summary>
/// <param name="Defence">"none" or the purifier's name.</param>
/// <param name="Attack">"none" or the attack's name.</param>
/// <param name="AttackerKnows">What the attacker's gradients went through: "-", "classifier", "classifier and purifier".</param>
/// <param name="Accuracy">Pictures classified rightly, re-predicted from 8-bit pictures.</param>
/// <param name="Psnr">Mean PSNR in dB of what the classifier saw against the clean picture; NaN where they are equal.</param>
/// <param name="Seconds">How long the row took.</param>
public sealed record EvaluationRow(string Defence, string Attack, string AttackerKnows, Share Accuracy, double Psnr, double Seconds);
