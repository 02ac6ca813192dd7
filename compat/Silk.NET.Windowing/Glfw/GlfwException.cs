namespace Silk.NET.GLFW;

/// <summary>GLFW refused something; the message is its own.</summary>
public class GlfwException(string message) : Exception(message);
