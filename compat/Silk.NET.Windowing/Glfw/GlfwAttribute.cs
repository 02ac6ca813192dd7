namespace Silk.NET.Windowing.Glfw;

/// <summary>Hints before a window is made and attributes of one that is.</summary>
internal enum GlfwAttribute
{
    Focused = 0x00020001,
    Iconified = 0x00020002,
    Visible = 0x00020004,
    Maximized = 0x00020008,
    ClientApi = 0x00022001,
}
