using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Realtime.Filter.Errors;

namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>The suites that ship.</summary>
public static class SuiteCatalog
{
    private const string Prefix = "Realtime.Trainer.Suites.";
    private const string Suffix = ".json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Their names, by paper and then by number.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .OrderBy(name => name.Split('-')[0], StringComparer.Ordinal)
            .ThenBy(name => int.TryParse(name.Split('-')[1], out int number) ? number : int.MaxValue)
            .ThenBy(name => name, StringComparer.Ordinal),
    ];

    /// <summary>Reads a suite.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="UserErrorException">There is none of this name (usage).</exception>
    public static PaperSuite Load(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name + Suffix)
            ?? throw new UserErrorException(ExitCode.Usage, $"--suite '{name}' is unknown; there are {string.Join(", ", Names)}; --suite list tells what they are.");
        return JsonSerializer.Deserialize<PaperSuite>(stream, Options)!;
    }

    /// <summary>A line for each suite: name, paper, tables.</summary>
    public static string Describe() => string.Concat(Names.Select(Load).Select(suite =>
    {
        int rows = suite.Tables.Sum(table => table.Rows.Count), run = suite.Tables.Sum(table => table.Rows.Count(row => row.Ours is not null));
        return $"{suite.Name,-20} {run} of {rows} rows can be measured: {string.Join("; ", suite.Tables.Select(table => $"{table.Table}, {table.Title}"))}\n";
    }));
}
