using System.Globalization;
using System.Text;

namespace Realtime.Filter.Telemetry;

/// <summary>Writes metrics in Prometheus's text format 0.0.4 ("Exposition formats", prometheus.io).</summary>
internal static class PrometheusText
{
    /// <summary>For the header of an answer.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>An instrument's name in Prometheus's manner: realtime.stage.duration in s is realtime_stage_duration_seconds, counters end in _total.</summary>
    public static string NameOf(string instrument, string? unit, MetricKind kind)
    {
        string name = Sanitised(instrument);
        string suffix = unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        if (!name.EndsWith(suffix, StringComparison.Ordinal))
            name += suffix;
        return kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>Writes a family: its HELP, its TYPE, a line for each value. Nothing where there is no value.</summary>
    public static void Append(StringBuilder text, MetricFamily family)
    {
        bool isFirst = true;
        family.Look(series =>
        {
            if (isFirst)
                AppendHead(text, family);
            isFirst = false;
            if (family.Kind == MetricKind.Histogram)
                AppendHistogram(text, family, series);
            else
                AppendLine(text, family.Name, series, null, series.Value);
        });
    }

    /// <summary>A value as the format has it.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),     // "NaN" is what it shall be
    };

    private static void AppendHead(StringBuilder text, MetricFamily family)
    {
        text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escaped(family.Help, quotes: false)).Append('\n');
        text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Kind.ToString().ToLowerInvariant()).Append('\n');
    }

    private static void AppendHistogram(StringBuilder text, MetricFamily family, MetricSeries series)
    {
        long count = 0;
        for (int i = 0; i < series.Buckets.Length; i++)
        {
            count += series.Buckets[i];     // buckets are cumulative
            AppendLine(text, family.Name + "_bucket", series, i < family.Bounds.Count ? family.Bounds[i] : double.PositiveInfinity, count);
        }

        AppendLine(text, family.Name + "_sum", series, null, series.Value);
        AppendLine(text, family.Name + "_count", series, null, count);
    }

    private static void AppendLine(StringBuilder text, string name, MetricSeries series, double? bound, double value)
    {
        text.Append(name);
        char open = '{';
        foreach ((string key, object? label) in series.Tags)
        {
            text.Append(open).Append(Sanitised(key)).Append("=\"").Append(Escaped(Convert.ToString(label, CultureInfo.InvariantCulture) ?? "", quotes: true)).Append('"');
            open = ',';
        }

        if (bound is double upper)
        {
            text.Append(open).Append("le=\"").Append(Number(upper)).Append('"');
            open = ',';
        }

        text.Append(open == ',' ? "} " : " ").Append(Number(value)).Append('\n');
    }

    // Letters, digits and underscores, no digit first.
    private static string Sanitised(string name)
    {
        string clean = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return char.IsAsciiDigit(clean[0]) ? $"_{clean}" : clean;
    }

    private static string Escaped(string text, bool quotes)
    {
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
