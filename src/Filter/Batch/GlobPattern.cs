using System.Text;
using System.Text.RegularExpressions;

namespace Realtime.Filter.Batch;

/// <summary>
/// A pattern of file names: <c>*</c> and <c>?</c> stand for letters of one name, <c>**</c> for any number of folders. Without a slash it is
/// about the file's own name, in whatever folder; with one about the path from the input folder on.
/// </summary>
internal sealed class GlobPattern
{
    private readonly Regex expression;
    private readonly bool isPath;

    /// <summary>Reads a pattern.</summary>
    public GlobPattern(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        isPath = pattern.Contains('/', StringComparison.Ordinal);
        StringBuilder text = new("^");
        string rest = pattern.TrimStart('/');
        for (int i = 0; i < rest.Length; i++)
        {
            if (rest.AsSpan(i).StartsWith("**/"))
            {
                text.Append("(.*/)?");
                i += 2;
            }
            else if (rest.AsSpan(i).StartsWith("**"))
            {
                text.Append(".*");
                i++;
            }
            else
            {
                text.Append(rest[i] switch { '*' => "[^/]*", '?' => "[^/]", char letter => Regex.Escape(letter.ToString()) });
            }
        }

        expression = new Regex(text.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>Whether a file fits.</summary>
    /// <param name="name">Its path from the input folder on, with slashes.</param>
    public bool Matches(string name) => expression.IsMatch(isPath ? name : Path.GetFileName(name));
}
