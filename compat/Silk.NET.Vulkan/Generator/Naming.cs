using System.Text.RegularExpressions;

namespace Realtime.VulkanGenerator;

/// <summary>The rules by which Silk.NET spells the registry's names.</summary>
public static partial class Naming
{
    private static readonly Dictionary<string, string> Unusual = new() { ["QCOM"] = "QCom", ["SNORM"] = "SNorm" };

    /// <summary>Types keep their spelling: VkAccessFlagBits2 is AccessFlags2.</summary>
    public static string Type(string name) => (name.StartsWith("Vk", StringComparison.Ordinal) ? name[2..] : name).Replace("FlagBits", "Flags", StringComparison.Ordinal);

    /// <summary>Functions lose their prefix and the vendor's suffix.</summary>
    public static string Command(string name) => Vendor().Replace(name[2..], "");

    /// <summary>Fields and values: runs of three and more capitals are a word, of one or two stay as they are.</summary>
    public static string Pascal(string name)
    {
        string text = LongRun().Replace(name, m => Unusual.GetValueOrDefault(m.Value) ?? Word(m.Value));
        text = ShortWord().Replace(text, m => Word(m.Value));
        text = NumberAndLetter().Replace(text, m => m.Value.ToLowerInvariant());
        return string.Concat(text.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
    }

    public static string Camel(string pascal) => Escape(char.ToLowerInvariant(pascal[0]) + pascal[1..]);

    /// <summary>A parameter's name, where the registry's is a word of C#.</summary>
    public static string Escape(string name) => name is "event" or "object" or "params" or "lock" or "in" or "ref" ? "@" + name : name;

    public static string ExtensionClass(ExtensionDefinition extension) => Pascal(extension.Vendor) + Pascal(extension.Name[("VK_".Length + extension.Vendor.Length)..]);

    /// <summary>
    /// The values of an enumeration lose what all of them begin with; a word of it comes back where a name would begin with a digit.
    /// </summary>
    public static Dictionary<string, string> Values(EnumDefinition definition)
    {
        // The package cuts by letters, which makes two names of one old spelling; it is the only such case.
        string[][] words = [.. definition.Values.Keys.Select(k => k.Replace("_COLORSPACE_", "_COLOR_PACE_", StringComparison.Ordinal).Split('_'))];
        if (words.Length == 0) { return []; }
        int common = 0;
        while (words.All(w => w.Length > common && w[common] == words[0][common])) { common++; }
        if (words.Any(w => w.Length == common)) { common = OwnName(definition.Name, words[0]); }
        if (words.Any(w => char.IsDigit(w[common][0]))) { common--; }
        return definition.Values.Keys.Zip(words).ToDictionary(p => p.First, p => Pascal(string.Join('_', p.Second[common..])));
    }

    /// <summary>Of the words of a value, how many repeat the name of its type.</summary>
    private static int OwnName(string type, string[] words)
    {
        string spelt = type.Replace("FlagBits", "", StringComparison.Ordinal).ToUpperInvariant();
        int count = 0;
        for (string begin = ""; count < words.Length && spelt.StartsWith(begin + words[count], StringComparison.Ordinal); count++) { begin += words[count]; }
        return count;
    }

    private static string Word(string capitals) => capitals[0] + capitals[1..].ToLowerInvariant();

    [GeneratedRegex("(?<![A-Z])[A-Z]{3,}(?![A-Z])")]
    private static partial Regex LongRun();

    [GeneratedRegex("(?<![A-Z])(IS|AS|NO|ON|TO|OP|BY|OF|IN|UP|OR)(?![A-Z])")]
    private static partial Regex ShortWord();

    [GeneratedRegex(@"\dU?(F|I)")]
    private static partial Regex NumberAndLetter();

    [GeneratedRegex("(KHR|EXT|NV|NVX|AMD|INTEL|GOOGLE|HUAWEI|VALVE|ANDROID|FUCHSIA|NN|MVK|QNX|GGP|LUNARG|QCOM|ARM|IMG|SEC|FB|NVX|AMDX)$")]
    private static partial Regex Vendor();
}
