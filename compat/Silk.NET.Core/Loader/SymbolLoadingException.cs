namespace Silk.NET.Core.Loader;

/// <summary>A native function is in none of the places where it was looked for.</summary>
public class SymbolLoadingException(string symbolName) : Exception($"Native symbol not found (Symbol: {symbolName})")
{
    public string SymbolName { get; } = symbolName;
}
