using System.Security.Cryptography;
using System.Text;
using Realtime.Filter.Corruptions;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;

namespace Realtime.Trainer.Evaluation;

/// <summary>Opens what an evaluation's settings name.</summary>
public static class EvaluationSessions
{
    /// <summary>Opens pictures and classifier, and hashes every file that decides a figure.</summary>
    /// <param name="settings">Of the evaluation.</param>
    /// <param name="cancellation">Ends the reading of many pictures.</param>
    /// <exception cref="UserErrorException">Something that the settings name is not there or does not fit.</exception>
    public static EvaluationSession Open(EvaluationSettings settings, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Epsilon <= 0)
            throw new UserErrorException(ExitCode.Usage, "--eps must be above 0.");
        IPictureSet set = PictureSets.OpenTest(settings.Data, settings.Resize, cancellation);
        if (settings.Corruption is string corruption)
            set = new CorruptedSet(set, CorruptionFactory.Create(corruption), settings.Count, settings.Seed);
        using OnnxEvaluationModels models = new(settings.Classifier);
        List<string> notRun = [];
        if (settings.Columns.Contains(EvaluationColumns.Surrogate))
            notRun.AddRange(settings.Defences.Where(name => !settings.Surrogates.ContainsKey(name)).Select(name => $"(g) for {name}: no other shipped purifier was made for {settings.Classifier}; give one with --surrogate"));
        if (settings.IsFast && settings.Columns.Contains(EvaluationColumns.Bpda) && settings.Columns.Contains(EvaluationColumns.Full))
            notRun.Add("the checks of (d) against (b), (c), (g) and twice its steps: --fast counts what (c) broke in (d) too");
        return new EvaluationSession(settings, set, () => new OnnxEvaluationModels(settings.Classifier), models.Labels)
        {
            Fingerprints = HashesOf(settings, set),
            NotRun = notRun,
        };
    }

    /// <summary>Where an evaluation goes unless told otherwise.</summary>
    public static string FolderOf(EvaluationSession session, EvaluationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(settings);
        string header = string.Join('\n', session.Header.Select(pair => $"{pair.Key} {pair.Value}"));
        return Path.Combine("out", "evaluation", $"{Path.GetFileNameWithoutExtension(settings.Classifier)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(header)))[..8]}");
    }

    private static Dictionary<string, string> HashesOf(EvaluationSettings settings, IPictureSet set)
    {
        Dictionary<string, string> hashes = new()
        {
            ["sha256 of the pictures"] = Fingerprints.Of(set, Math.Min(settings.Count, set.Count)),
            [$"sha256 of {settings.Classifier}"] = Fingerprints.OfModel(settings.Classifier),
        };
        foreach ((string model, string hash) in settings.Defences.Concat(settings.Surrogates.Values).Distinct().SelectMany(DefenceNames.HashesOf))
            hashes[$"sha256 of {model}"] = hash;
        return hashes;
    }
}
