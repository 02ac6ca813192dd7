using System.Globalization;
using System.Text;

namespace Realtime.Filter.Demo;

/// <summary>The demo's table.</summary>
public static class DemoReport
{
    /// <summary>Writes the table.</summary>
    /// <param name="score">Of a finished run with at least one frame.</param>
    /// <param name="heading">What was run: scene, attack, models.</param>
    /// <returns>Lines of text, the last one ended too.</returns>
    public static string Table(DemoScore score, string heading)
    {
        ArgumentNullException.ThrowIfNull(score);
        StringBuilder text = new();
        text.Append(heading).Append('\n').Append('\n');
        Row(text, "frames", "", $"{score.Frames}");
        Row(text, "accuracy, raw frames", Share(score.RawRight, score), "");
        Row(text, "accuracy, attacked frames", Share(score.AttackedRight, score), Decibel(score.AttackedPsnr));
        Row(text, "accuracy, attacked frames purified", Share(score.PurifiedRight, score), Decibel(score.PurifiedPsnr));
        Row(text, "accuracy, raw frames purified", Share(score.CleanRight, score), "");
        Row(text, "steps at tile borders, purified and raw", "", Invariant($"{score.PurifiedSeams:0.000}, {score.RawSeams:0.000} of those elsewhere"));
        Row(text, "purifier and classifier, one frame at a time", "", Invariant($"{score.FramesPerSecond:0.0} fps"));
        Row(text, "latency a frame, p50 and p99", "", Invariant($"{score.Latency(50):0.0} ms, {score.Latency(99):0.0} ms"));
        if (score.Unpurified > 0)
            Row(text, "frames the purifier failed on", "", $"{score.Unpurified}");
        text.Append('\n');
        text.Append("Threat model: the attacker knows the classifier and follows its gradient, but does not know the purifier (transfer).\n");
        text.Append("An attacker who knows the purifier too is not stopped by one of this kind.\n");
        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, string share, string value) =>
        text.Append(Invariant($"  {name,-46}{share,8}  {value}").TrimEnd()).Append('\n');

    private static string Share(long right, DemoScore score) => Invariant($"{100.0 * right / score.Frames:0.0} %");

    private static string Decibel(double psnr) => Invariant($"PSNR {psnr:0.0} dB to raw");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
