using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Realtime.Filter.Models;

/// <summary>ONNX Runtime's environment of this process, quiet and without its telemetry. Nothing asks ONNX Runtime for it in another way.</summary>
public static partial class OnnxEnvironment
{
    // See ONNX Runtime's docs/Privacy.md; read once, when the environment is made. What the user has set stays.
    private const string TelemetryVariable = "ORT_DISABLE_TELEMETRY";

    /// <summary>The environment; made when it is first asked for.</summary>
    public static OrtEnv Instance { get; } = Create();

    private static OrtEnv Create()
    {
        // From 1.29 on the official builds for Linux keep a device id in the user's cache and send names and hashes of models to Microsoft. A filter of camera
        // pictures sends nothing. The native library reads the process's own environment, which .NET's copy of it does not change.
        if (!OperatingSystem.IsWindows() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(TelemetryVariable)))
            _ = SetVariable(TelemetryVariable, "1", overwrite: 1);
        OrtEnv environment = OrtEnv.Instance();
        environment.DisableTelemetryEvents();      // Windows, and versions that do not know the variable

        // What goes wrong outside a session comes as an exception too, and ONNX Runtime would print it besides.
        environment.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        return environment;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
