using System.Globalization;

namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>A figure of ours.</summary>
/// <param name="Value">In the column's unit.</param>
/// <param name="Low">Lower end of the 95 % interval, where there is one.</param>
/// <param name="High">Upper end.</param>
/// <param name="Decimals">Digits after the point.</param>
public readonly record struct SuiteFigure(double Value, double? Low, double? High, int Decimals)
{
    /// <summary>Takes a quantity of a measurement.</summary>
    public static SuiteFigure Of(ColumnFigure measured, SuiteQuantity quantity)
    {
        ArgumentNullException.ThrowIfNull(measured);
        return quantity switch
        {
            SuiteQuantity.Psnr => new SuiteFigure(measured.Psnr, null, null, 2),
            SuiteQuantity.Ssim => new SuiteFigure(measured.Ssim, null, null, 4),
            _ => new SuiteFigure(measured.Accuracy.Percent, measured.Accuracy.Low, measured.Accuracy.High, 2),
        };
    }

    /// <summary>The mean of two figures, without an interval.</summary>
    public static SuiteFigure Mean(SuiteFigure first, SuiteFigure second) => new((first.Value + second.Value) / 2, null, null, first.Decimals);

    /// <inheritdoc/>
    public override string ToString()
    {
        string value = double.IsInfinity(Value) ? "equal" : Value.ToString("F" + Decimals, CultureInfo.InvariantCulture);
        return Low is double low && High is double high ? string.Create(CultureInfo.InvariantCulture, $"{value} [{low:0.0}, {high:0.0}]") : value;
    }
}
