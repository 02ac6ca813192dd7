namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>What a cell of ours shows: "clean", "b", "attack-pgd", "psnr clean", "d @ l2 0.5", "average".</summary>
/// <param name="Quantity">What of the column.</param>
/// <param name="Column">One of <see cref="EvaluationColumns"/>; empty for the average.</param>
/// <param name="Norm">Where it differs from the suite's.</param>
/// <param name="Eps">Where it differs from the suite's.</param>
public sealed record SuiteCell(SuiteQuantity Quantity, string Column, string? Norm = null, string? Eps = null)
{
    /// <summary>Reads a cell.</summary>
    /// <exception cref="FormatException">It has another form.</exception>
    public static SuiteCell Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "average")
            return new SuiteCell(SuiteQuantity.Average, "");
        string[] words = text.Split(' ');
        SuiteQuantity quantity = words[0] switch { "psnr" => SuiteQuantity.Psnr, "ssim" => SuiteQuantity.Ssim, _ => SuiteQuantity.Accuracy };
        string[] rest = quantity == SuiteQuantity.Accuracy ? words : words[1..];
        return rest switch
        {
            [string column] => new SuiteCell(quantity, column),
            [string column, "@", string norm, string eps] => new SuiteCell(quantity, column, norm, eps),
            _ => throw new FormatException($"'{text}' is no cell of a suite."),
        };
    }
}
