using System.Text.Json;

namespace Realtime.Trainer.Data;

/// <summary>All that adversarial partners depend on; stands as the first line of the file that keeps them.</summary>
/// <param name="Set">The clean set's name.</param>
/// <param name="Count">Pictures, from the first of the set.</param>
/// <param name="Size">Edge length in pixels.</param>
/// <param name="Surrogate">The classifier's name.</param>
/// <param name="Weights">Hash of its weights.</param>
/// <param name="Attack">The attack with all its settings.</param>
/// <param name="Seed">Seed of the random starts.</param>
public sealed record PairSettings(string Set, int Count, int Size, string Surrogate, string Weights, string Attack, int Seed)
{
    /// <summary>The name of the file that keeps them: other settings never meet in one file.</summary>
    public string FileName() => $"{Set}-{Count}-{Size}-{Surrogate}-{Weights}-{Attack}-seed{Seed}.pairs".Replace('/', '_').Replace(' ', '_');

    /// <summary>The first line.</summary>
    public byte[] Header() => [.. JsonSerializer.SerializeToUtf8Bytes(this), (byte)'\n'];
}
