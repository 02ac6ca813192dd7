using System.Text.Json;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;

namespace Realtime.Filter.Detection;

/// <summary>
/// Calibrations lie beside the purifier as NAME.CLASSIFIER.alarm.json. A file of their own, because writing them into the model would give it another SHA-256, and with
/// it make every card, journal and calibration that names the old one wrong; and one for each classifier, because a purifier may stand before several.
/// </summary>
public static class AlarmFiles
{
    private const string Again = "make it again with ./realtime calibrate, or delete it to have the alarm where the verdict changes";

    /// <summary>Where the calibration of two models belongs.</summary>
    /// <param name="purifier">See <see cref="ModelCatalog.Resolve"/>.</param>
    /// <param name="classifier">Likewise.</param>
    public static string PathOf(string purifier, string classifier) =>
        Path.ChangeExtension(ModelCatalog.Resolve(purifier), $".{AlarmModels.NameOf(classifier)}.alarm.json");

    /// <summary>The calibration of two models; null where there is none.</summary>
    /// <param name="purifier">See <see cref="ModelCatalog.Resolve"/>.</param>
    /// <param name="classifier">Likewise.</param>
    /// <exception cref="UserErrorException">There is one for other models of these names, or it cannot be read (model rejected).</exception>
    public static AlarmCalibration? Find(string purifier, string classifier)
    {
        string path = PathOf(purifier, classifier);
        return File.Exists(path) ? Read(path, AlarmModels.Of(purifier, classifier)) : null;
    }

    /// <summary>Reads a calibration.</summary>
    /// <param name="path">The file.</param>
    /// <param name="models">Whom it must belong to.</param>
    /// <exception cref="UserErrorException">It belongs to others, or it cannot be read (model rejected).</exception>
    public static AlarmCalibration Read(string path, AlarmModels models)
    {
        ArgumentNullException.ThrowIfNull(models);
        AlarmCalibration read;
        try
        {
            read = AlarmCalibration.FromJson(File.ReadAllText(path));
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.ModelRejected, $"the alarm's calibration '{path}' cannot be read: {error.Message} Please {Again}.", error);
        }

        Require(path, "purifier", read.Models.Purifier, read.Models.PurifierSha256, models.Purifier, models.PurifierSha256);
        Require(path, "classifier", read.Models.Classifier, read.Models.ClassifierSha256, models.Classifier, models.ClassifierSha256);
        return read;
    }

    private static void Require(string path, string kind, string made, string madeHash, string name, string hash)
    {
        if (madeHash != hash)
            throw new UserErrorException(ExitCode.ModelRejected, $"the alarm's calibration '{path}' was made for the {kind} '{made}' with SHA-256 {Short(madeHash)}, and '{name}' has {Short(hash)}: {Again}.");
    }

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
