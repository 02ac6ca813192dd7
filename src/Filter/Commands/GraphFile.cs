using Realtime.Filter.Errors;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Commands;

/// <summary>What <c>--graph</c> writes.</summary>
internal static class GraphFile
{
    /// <summary>Writes a graph: for Graphviz where the name ends in .dot, else as text.</summary>
    /// <exception cref="UserErrorException">The file cannot be written (usage).</exception>
    public static void Write(FrameGraph graph, string file)
    {
        bool isDot = file.EndsWith(".dot", StringComparison.OrdinalIgnoreCase);
        try
        {
            File.WriteAllText(file, isDot ? graph.ToDot() : graph + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Usage, $"--graph '{file}' cannot be written: {error.Message}", error);
        }
    }
}
