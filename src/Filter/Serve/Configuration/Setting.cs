namespace Realtime.Filter.Serve.Configuration;

/// <summary>A key and what is written behind it.</summary>
/// <param name="Key">The name of a flag, without dashes.</param>
/// <param name="Place">Where the key stands.</param>
/// <param name="Written">The value, or those of a list, as they are written; empty to leave the key out where the defaults have it.</param>
/// <param name="IsList">Whether it is a list.</param>
internal sealed record Setting(string Key, Place Place, IReadOnlyList<string> Written, bool IsList = false)
{
    /// <summary>The values that are meant; <see cref="Written"/> until variables are put in. Never to be printed.</summary>
    public IReadOnlyList<string> Values { get; init; } = Written;

    /// <summary>Whether it only takes a default away.</summary>
    public bool IsNull => Written.Count == 0 && !IsList;

    /// <summary>Puts variables in.</summary>
    /// <param name="value">The value of a variable, or null.</param>
    /// <exception cref="Errors.UserErrorException">One of them is not set (usage).</exception>
    public Setting With(Func<string, string?> value) => this with { Values = [.. Written.Select(text => Variables.PutIn(text, value, Place, Key))] };

    /// <summary>A text without the values of variables: as they are written instead.</summary>
    public string Hide(string text)
    {
        for (int i = 0; i < Values.Count; i++)
        {
            if (Values[i] != Written[i] && Values[i].Length > 0)
                text = text.Replace(Values[i], Written[i], StringComparison.Ordinal);
        }

        return text;
    }
}
