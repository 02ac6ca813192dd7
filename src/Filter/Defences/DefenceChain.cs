using Realtime.Filter.Errors;

namespace Realtime.Filter.Defences;

/// <summary>
/// Chains from the words of a command line: "A+B" defends with A, then with B. The part "rt3" takes all that comes after it as its purifier
/// (<see cref="RepeatedDefence"/>).
/// </summary>
public static class DefenceChain
{
    /// <summary>Stands between two parts.</summary>
    public const char Separator = '+';

    /// <summary>Opens a chain.</summary>
    /// <param name="name">Its parts with <see cref="Separator"/> between; one part is no chain and opens as itself.</param>
    /// <param name="open">Opens a part by its name.</param>
    /// <exception cref="UserErrorException">A part is empty, unknown or broken (the message names part and chain), or rt3 has nothing behind it (usage).</exception>
    public static IDefence Open(string name, Func<string, IDefence> open)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(open);
        Queue<string> parts = new(name.Split(Separator));
        bool isChain = parts.Count > 1;
        List<IDefence> opened = [];
        try
        {
            if (isChain && parts.Contains(""))
                throw new UserErrorException(ExitCode.Usage, "a part is empty; write A+B.");
            return Rest();
        }
        catch (UserErrorException error) when (isChain)
        {
            opened.ForEach(part => part.Dispose());
            throw new UserErrorException(error.ExitCode, $"the chain '{name}': {error.Message}", error);
        }

        IDefence Rest()
        {
            IDefence chain = Next();
            while (parts.Count > 0)
                chain = new ChainedDefence(chain, Next());
            return chain;
        }

        IDefence Next()
        {
            string part = parts.Dequeue();
            if (part.Equals(RandomTransform.Rt3.Name, StringComparison.OrdinalIgnoreCase) && parts.Count > 0)
                return new RepeatedDefence(RandomTransform.Rt3, Rest());
            IDefence defence = open(part);
            opened.Add(defence);
            return defence;
        }
    }
}
