using System.CommandLine;
using System.Globalization;
using Realtime.Filter.Models;

namespace Realtime.Filter.Commands;

/// <summary><c>models</c>: the shipped models.</summary>
internal static class ModelsCommand
{
    private const string NoCard = "(no card)";

    public static Command Create()
    {
        Command command = new("models", $"Lists the shipped models: kind, shapes, size, SHA-256 (first 12 digits) and the first line of the card. {ModelCatalog.FolderVariable} names another folder.");
        command.SetAction(_ =>
        {
            Print();
            return 0;
        });
        return command;
    }

    private static void Print()
    {
        IReadOnlyList<string> names = ModelCatalog.Names();
        if (names.Count == 0)
            Console.Out.WriteLine($"no models in {ModelCatalog.Folder() ?? "(no models folder)"}");
        foreach (string name in names)
        {
            string path = ModelCatalog.Resolve(name);
            ModelDescription model = ModelDescription.Read(path);
            string hash = ModelCatalog.HashOf(path)[..12];
            double megabytes = new FileInfo(path).Length / 1e6;
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24}{model.Kind,-12}{model.Inputs} -> {model.Outputs}  {megabytes:0.0} MB  {hash}  {Card(path)}"));
        }
    }

    // The card's first sentence: its first line of prose, not the heading, which only repeats the name, nor the table of facts.
    private static string Card(string path)
    {
        string card = Path.ChangeExtension(path, ".md");
        if (!File.Exists(card))
            return NoCard;
        return File.ReadLines(card).FirstOrDefault(line => line.Length > 0 && char.IsLetterOrDigit(line[0])) ?? $"see {Path.GetFileName(card)}";
    }
}
