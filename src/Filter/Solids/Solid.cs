namespace Realtime.Filter.Solids;

/// <summary>The ten classes, in label order. Chosen to differ in outline and in shading from every viewpoint that a shot uses.</summary>
internal enum Solid
{
    Sphere,
    Cube,
    Cylinder,
    Cone,
    Torus,
    Tetrahedron,
    Star,
    Cross,
    Dumbbell,
    Hourglass,
}
