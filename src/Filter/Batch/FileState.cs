namespace Realtime.Filter.Batch;

/// <summary>What became of a file.</summary>
internal enum FileState
{
    /// <summary>A worker has begun; the output, should one exist, is a batch's.</summary>
    Begun,

    /// <summary>Written and checked.</summary>
    Done,

    /// <summary>Not done: it was before, from the same content with the same settings.</summary>
    Unchanged,

    /// <summary>Could not be read, purified or written.</summary>
    Failed,

    /// <summary>Not done here: another worker holds it.</summary>
    Left,
}
