namespace Realtime.Filter.Tests.Launcher;

/// <summary>How a run of the launcher ended and what it printed.</summary>
internal sealed record LauncherResult(int Code, string Output, string Errors);
