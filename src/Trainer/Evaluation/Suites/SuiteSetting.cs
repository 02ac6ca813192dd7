namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>What one evaluation of a suite has in common.</summary>
/// <param name="Data">"cifar10" or "solids".</param>
/// <param name="Classifier">A shipped classifier.</param>
/// <param name="Corruption">What changes the pictures first; null for nothing.</param>
/// <param name="Norm">"linf" or "l2".</param>
/// <param name="Eps">Radius.</param>
public sealed record SuiteSetting(string Data, string Classifier, string? Corruption, string Norm, string Eps)
{
    /// <summary>Name of its folder.</summary>
    public string Folder => string.Join('-', ((string?[])[Data, Classifier, Corruption, Norm, Eps.Replace('/', '_')]).Where(part => part is not null));
}
