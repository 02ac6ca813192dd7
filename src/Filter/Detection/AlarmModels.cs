using Realtime.Filter.Models;

namespace Realtime.Filter.Detection;

/// <summary>The two models that a calibration belongs to, by the SHA-256 of their files: with any other, its figures mean nothing.</summary>
/// <param name="Purifier">Name of the purifier.</param>
/// <param name="PurifierSha256">Of its file.</param>
/// <param name="Classifier">Name of the classifier.</param>
/// <param name="ClassifierSha256">Of its file.</param>
public sealed record AlarmModels(string Purifier, string PurifierSha256, string Classifier, string ClassifierSha256)
{
    /// <summary>Names and hashes two models.</summary>
    /// <param name="purifier">See <see cref="ModelCatalog.Resolve"/>.</param>
    /// <param name="classifier">Likewise.</param>
    /// <exception cref="Errors.UserErrorException">There is no such model.</exception>
    public static AlarmModels Of(string purifier, string classifier) =>
        new(NameOf(purifier), ModelCatalog.HashOf(purifier), NameOf(classifier), ModelCatalog.HashOf(classifier));

    internal static string NameOf(string nameOrPath) => Path.GetFileNameWithoutExtension(ModelCatalog.Resolve(nameOrPath));
}
