namespace Realtime.Filter.Solids;

/// <summary>All that the renderer needs to know of one instant: the solid, where it is, how it is turned, lit and coloured.</summary>
/// <param name="Solid">Its class.</param>
/// <param name="Right">The picture's right, in the solid's coordinates; with the next two an orthonormal frame.</param>
/// <param name="Up">The picture's up.</param>
/// <param name="Forward">From the viewer into the picture.</param>
/// <param name="CenterX">Place of the solid in the picture; 0 is the middle, 1 half the shorter side to the right.</param>
/// <param name="CenterY">The same upwards.</param>
/// <param name="Radius">Radius of the solid's bounding sphere, in halves of the picture's shorter side.</param>
/// <param name="Light">Unit vector to the light as (right, up, forward); its third component is negative: the light is on the viewer's side.</param>
/// <param name="Material">Pattern of the solid.</param>
/// <param name="Wall">Pattern of the wall behind it.</param>
internal readonly record struct SolidView(
    Solid Solid, Vec3 Right, Vec3 Up, Vec3 Forward, float CenterX, float CenterY, float Radius, Vec3 Light, Texture Material, Texture Wall);
