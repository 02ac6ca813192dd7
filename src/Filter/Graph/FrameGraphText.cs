using System.Globalization;
using System.Text;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Graph;

/// <summary>Prints a <see cref="FrameGraph"/>.</summary>
internal static class FrameGraphText
{
    /// <summary>One line a thread.</summary>
    public static string Of(IFrameSource source, IFrameStage[] stages, IFrameSink sink, FramePicture picture, FrameGraphOptions options, int slots)
    {
        FrameFormat format = source.Format;
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"source  {source.Name}  {format.Width}x{format.Height} at {format.FrameRate:0.###} fps, {slots} slots\n");
        foreach (IFrameStage stage in stages)
        {
            text.Append(CultureInfo.InvariantCulture, $"  | queue of {options.QueueCapacity}\n{stage.Name}\n");
            if (stage.Passes is not null)
                text.Append("    ").Append(stage.Passes.ToString().TrimEnd().Replace("\n", "\n    ", StringComparison.Ordinal)).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"  | queue of {options.QueueCapacity}\nsink    {sink.Name}  ({picture})\n");
        text.Append(options.SingleThreaded ? "on one thread" : $"on {stages.Length + 2} threads");
        return text.ToString();
    }

    /// <summary>Graphviz.</summary>
    public static string Dot(IFrameSource source, IFrameStage[] stages, IFrameSink sink)
    {
        StringBuilder text = new("digraph frames {\n  rankdir=LR;\n  node [shape=box];\n");
        string[] names = [$"source\n{Escape(source.Name)}", .. stages.Select(stage => stage.Name), $"sink\n{Escape(sink.Name)}"];
        for (int i = 0; i < names.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  stage{i} [style=rounded, label=\"{names[i].Replace("\n", "\\n", StringComparison.Ordinal)}\"];\n");
            if (i > 0)
                text.Append(CultureInfo.InvariantCulture, $"  stage{i - 1} -> stage{i};\n");
        }

        for (int i = 0; i < stages.Length; i++)
        {
            if (stages[i].Passes is { Passes.Count: > 0 } passes)
            {
                passes.AppendDot(text, $"s{i}");
                text.Append(CultureInfo.InvariantCulture, $"  stage{i + 1} -> s{i}p0 [style=dashed];\n");
            }
        }

        return text.Append("}\n").ToString();
    }

    private static string Escape(string name) => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
