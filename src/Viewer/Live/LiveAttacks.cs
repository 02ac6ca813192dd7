namespace Realtime.Viewer.Live;

/// <summary>The attacks of the viewer, in the order of their keys.</summary>
internal static class LiveAttacks
{
    public const string Fgsm = "FGSM";

    /// <summary>Signs of chance, of the same size: for contrast.</summary>
    public const string Noise = "noise";

    /// <summary>One perturbation for the whole source, computed once.</summary>
    public const string Universal = "universal";

    public static IReadOnlyList<string> Names { get; } = [Fgsm, "PGD", "MI-FGSM", Noise, Universal];

    /// <summary>Whether the number of steps means something.</summary>
    public static bool HasSteps(string attack) => attack is not (Fgsm or Noise or Universal);
}
