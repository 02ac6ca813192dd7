using Realtime.Filter.Defences;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;

namespace Realtime.Trainer.Evaluation;

/// <summary>What --purifier may name: a purifier in an ONNX file, a defence without a model, or a chain of both ("noise-8+maep-patch4").</summary>
public static class DefenceNames
{
    private const int LikelyTypos = 3;

    /// <summary>Opens a defence.</summary>
    /// <param name="name">A shipped purifier, an ONNX file, a defence of <see cref="DefenceFactory"/> ("jpeg-75"), or such parts with "+" between.</param>
    /// <exception cref="UserErrorException">There is none of this name (usage; the nearest names are told), or a file is no purifier.</exception>
    public static IDefence Open(string name) => IsModel(name) ? new OnnxDefence(name) : DefenceChain.Open(name, OpenPart);

    /// <summary>The hash of each model file that a defence reads, by the model's name.</summary>
    /// <exception cref="UserErrorException">As <see cref="Open"/>.</exception>
    public static IReadOnlyDictionary<string, string> HashesOf(string name)
    {
        using IDefence defence = Open(name);
        return ModelsOf(defence).Distinct().ToDictionary(model => model, Fingerprints.OfModel);
    }

    /// <summary>The purifiers that a defence is made of, as they were named.</summary>
    public static IEnumerable<string> ModelsOf(IDefence defence)
    {
        ArgumentNullException.ThrowIfNull(defence);
        return defence.Parts.OfType<OnnxDefence>().Select(part => part.Name);
    }

    private static IDefence OpenPart(string name)
    {
        if (IsModel(name))
            return new OnnxDefence(name);
        if (IsWithoutModel(name))
            return DefenceFactory.Create(name);
        string[] known = [.. ShippedPurifiers.Names(), .. DefenceFactory.Examples];
        string[] near = [.. known.Where(other => Distance(name, other) <= LikelyTypos).OrderBy(other => Distance(name, other))];
        throw new UserErrorException(
            ExitCode.Usage,
            $"--purifier '{name}' is unknown{(near.Length > 0 ? $"; did you mean {string.Join(" or ", near)}?" : ".")} There are {string.Join(", ", known)} (other numbers too), rt3+PURIFIER, paths of ONNX files, and chains of them with +.");
    }

    /// <summary>Whether a name is a shipped model or looks like a file; one with a "+" in it only where that very file is there.</summary>
    private static bool IsModel(string name) => ModelCatalog.Names().Contains(name) || (name.Contains(DefenceChain.Separator, StringComparison.Ordinal)
        ? File.Exists(name)
        : name.Contains('/', StringComparison.Ordinal) || name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase));

    private static bool IsWithoutModel(string name) => DefenceFactory.Examples.Append(RandomTransform.Rt3.Name).Any(
        example => name.Split('-')[0].Equals(example.Split('-')[0], StringComparison.OrdinalIgnoreCase));

    /// <summary>Letters to be changed, added or taken away to make one word of the other (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
