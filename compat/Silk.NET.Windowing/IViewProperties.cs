using Silk.NET.Maths;

namespace Silk.NET.Windowing;

/// <summary>What every view has.</summary>
public interface IViewProperties
{
    bool IsEventDriven { get; set; }

    /// <summary>In screen coordinates, which on some systems are not pixels.</summary>
    Vector2D<int> Size { get; }

    bool VSync { get; set; }
}
