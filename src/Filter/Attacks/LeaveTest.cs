namespace Realtime.Filter.Attacks;

/// <summary>Decides which pictures an attack need not work on any longer, so that it leaves them at once.</summary>
/// <param name="points">[count, 3, H, W] iterates that reach the attack's goal as far as its victim tells.</param>
/// <param name="places">[count] the pictures' places in the batch that was given to the attack.</param>
/// <param name="leaves">[count] receives the decisions.</param>
public delegate void LeaveTest(ReadOnlySpan<float> points, ReadOnlySpan<int> places, Span<bool> leaves);
