namespace Realtime.Trainer.Nets;

/// <summary>The shape of a purifier: all that is needed to build the net anew. Stands as JSON in weights and model files, see <see cref="PurifierKinds"/>.</summary>
public interface IPurifierArchitecture
{
    /// <summary>Name of the kind of net: the entry <c>Kind</c> of the JSON.</summary>
    string Kind { get; }

    /// <summary>Edge length S of a tile in pixels.</summary>
    int Size { get; }

    /// <summary>Patches of a tile that a <see cref="TokenMask"/> can hide; 0 where the net takes no mask.</summary>
    int Tokens { get; }

    /// <summary>Creates the net with random weights.</summary>
    /// <param name="precision">The format of its products.</param>
    PurifierNet Create(Precision precision);
}
