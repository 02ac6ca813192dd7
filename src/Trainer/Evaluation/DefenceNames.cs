using Realtime.Filter.Defences;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;

namespace Realtime.Trainer.Evaluation;

/// <summary>What --purifier may name: a purifier in an ONNX file, or a classical baseline.</summary>
public static class DefenceNames
{
    private const int LikelyTypos = 3;

    /// <summary>Opens a defence.</summary>
    /// <param name="name">A shipped purifier, an ONNX file, or a baseline ("jpeg-75").</param>
    /// <exception cref="UserErrorException">There is none of this name (usage; the nearest names are told), or the file is no purifier.</exception>
    public static IDefence Open(string name)
    {
        if (IsBaseline(name))
            return DefenceFactory.Create(name);
        if (name.Contains('/', StringComparison.Ordinal) || name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) || ModelCatalog.Names().Contains(name))
            return new OnnxDefence(name);
        string[] known = [.. ShippedPurifiers.Names(), .. DefenceFactory.Examples];
        string[] near = [.. known.Where(other => Distance(name, other) <= LikelyTypos).OrderBy(other => Distance(name, other))];
        throw new UserErrorException(
            ExitCode.Usage,
            $"--purifier '{name}' is unknown{(near.Length > 0 ? $"; did you mean {string.Join(" or ", near)}?" : ".")} There are {string.Join(", ", known)} (other numbers too), and paths of ONNX files.");
    }

    /// <summary>Hash of a purifier's file.</summary>
    /// <exception cref="UserErrorException">There is none of this name.</exception>
    public static string HashOf(string name)
    {
        using IDefence defence = Open(name);
        return Fingerprints.OfModel(name);
    }

    /// <summary>Whether a name is of the form of a classical baseline.</summary>
    public static bool IsBaseline(string name) =>
        DefenceFactory.Examples.Any(example => name.Split('-')[0].Equals(example.Split('-')[0], StringComparison.OrdinalIgnoreCase));

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
