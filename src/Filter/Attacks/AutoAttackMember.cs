namespace Realtime.Filter.Attacks;

/// <summary>What a member of an <see cref="AutoAttack"/> has done so far.</summary>
/// <param name="Name">The attack.</param>
/// <param name="Tried">Pictures that resisted all members before it.</param>
/// <param name="Survived">Those of them that resisted it too.</param>
public sealed record AutoAttackMember(string Name, long Tried, long Survived);
