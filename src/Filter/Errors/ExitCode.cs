namespace Realtime.Filter.Errors;

/// <summary>The program's exit codes (docs/architecture.md).</summary>
public enum ExitCode
{
    /// <summary>All went well.</summary>
    Ok = 0,

    /// <summary>The run failed: unreadable or missing input, a write error, a truncated clip.</summary>
    Failed = 1,

    /// <summary>Wrong flags or values.</summary>
    Usage = 2,

    /// <summary>Some files of a batch failed.</summary>
    Partial = 3,

    /// <summary>The device asked for is not available; nothing falls back silently.</summary>
    DeviceUnavailable = 4,

    /// <summary>The model was rejected: not ONNX, or not of the expected shape.</summary>
    ModelRejected = 5,

    /// <summary>The written file was checked and is not what it should be.</summary>
    OutputCheckFailed = 6,

    /// <summary>Stopped by Ctrl-C (128 + SIGINT).</summary>
    Interrupted = 130,

    /// <summary>Stopped by SIGTERM (128 + SIGTERM).</summary>
    Terminated = 143,
}
