namespace Realtime.Filter.Events;

/// <summary>Why a request failed.</summary>
/// <param name="Reason">In words, without the address.</param>
/// <param name="MayPass">Whether the same request may succeed later: the receiver was away, overloaded or faulty. False where it refuses what it gets.</param>
internal sealed record HookFailure(string Reason, bool MayPass);
