namespace Realtime.Filter.Errors;

/// <summary>A command was stopped by a signal and has something better to say than that nothing was left.</summary>
/// <param name="message">What was kept and what to do; the program prints it as one line.</param>
public sealed class InterruptedException(string message) : OperationCanceledException(message);
