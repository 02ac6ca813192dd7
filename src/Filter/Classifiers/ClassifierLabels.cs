using Realtime.Filter.Errors;

namespace Realtime.Filter.Classifiers;

/// <summary>The class names that come with a classifier as a file: one a line, in the order of the logits.</summary>
internal static class ClassifierLabels
{
    /// <summary>Reads as many names as there are classes. Empty lines at the end do not count; spaces around a name are cut off.</summary>
    /// <param name="file">The file.</param>
    /// <param name="classes">Classes of the model.</param>
    /// <param name="model">The model's file, for messages.</param>
    /// <exception cref="UserErrorException">The file cannot be read, has another number of names or an empty one (usage).</exception>
    public static string[] Read(string file, int classes, string model)
    {
        string[] labels;
        try
        {
            labels = [.. File.ReadAllText(file).TrimEnd().Split('\n').Select(line => line.Trim())];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Usage, $"--labels '{file}' cannot be read: {error.Message}", error);
        }

        if (labels is [""])
            throw new UserErrorException(ExitCode.Usage, $"--labels '{file}' is empty; it must have {classes} lines, a class name each.");
        if (labels.Length != classes)
        {
            throw new UserErrorException(
                ExitCode.Usage,
                $"--labels '{file}' has {labels.Length} lines and classifier '{model}' has {classes} classes; there must be a line for each class, in the order of the logits.");
        }

        int empty = Array.IndexOf(labels, "");
        if (empty >= 0)
            throw new UserErrorException(ExitCode.Usage, $"--labels '{file}': line {empty + 1} is empty; write a name for every class.");
        return labels;
    }
}
