using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>One of the attacks that make up a column.</summary>
/// <param name="Create">Makes the attack, which may leave pictures as told; null to run all of them to the end.</param>
/// <param name="Victim">What it goes through.</param>
/// <param name="Targets">[n] the classes to reach, for a targeted attack; null for the true labels.</param>
public sealed record AttackMember(Func<LeaveTest?, IAttack> Create, IGradient Victim, long[]? Targets = null);
