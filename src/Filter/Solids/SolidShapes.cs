namespace Realtime.Filter.Solids;

/// <summary>
/// The geometry of the ten solids as signed distance functions, each inside the unit sphere, axis along y. A function may return less
/// than the distance, never more, so that a ray that steps by it cannot pass through the surface.
/// </summary>
internal static class SolidShapes
{
    /// <summary>
    /// The angles, in turns, that a shot may have between the viewing direction and the solid's axis (0: the axis points at the viewer).
    /// They keep out the views in which two classes look alike: a cylinder from its end is a disc, a torus from its side a bar.
    /// </summary>
    public static (float From, float To) Tilts(Solid solid) => solid switch
    {
        Solid.Cube => (0.08f, 0.18f),
        Solid.Cylinder => (0.13f, 0.2f),
        Solid.Cone => (0.29f, 0.37f),
        Solid.Torus => (0.03f, 0.16f),
        Solid.Tetrahedron => (0.18f, 0.3f),
        Solid.Star => (0.03f, 0.13f),
        Solid.Dumbbell => (0.16f, 0.25f),
        Solid.Hourglass => (0.16f, 0.22f),
        _ => (0f, 0.5f),
    };

    /// <summary>True where the solid throws no shadow on itself.</summary>
    public static bool IsConvex(Solid solid) => solid is Solid.Sphere or Solid.Cube or Solid.Cylinder or Solid.Cone or Solid.Tetrahedron;

    /// <summary>Signed distance from <paramref name="p"/> to the surface, negative inside.</summary>
    public static float Distance(Solid solid, Vec3 p) => solid switch
    {
        Solid.Sphere => p.Length - 0.8f,
        Solid.Cube => Box(p, 0.5f, 0.5f, 0.5f) - 0.05f,
        Solid.Cylinder => Max(Radius(p) - 0.5f, MathF.Abs(p.Y) - 0.77f),
        Solid.Cone => Cone(Radius(p), p.Y),
        Solid.Torus => Length(Radius(p) - 0.66f, p.Y) - 0.25f,
        Solid.Tetrahedron => Tetrahedron(p),
        Solid.Star => Star(p),
        Solid.Cross => Cross(p),
        Solid.Dumbbell => Dumbbell(Radius(p), MathF.Abs(p.Y)),
        Solid.Hourglass => Hourglass(Radius(p), MathF.Abs(p.Y)),
        _ => throw new ArgumentOutOfRangeException(nameof(solid)),
    };

    private static float Cone(float radius, float y)
    {
        // The side runs from the apex (0, 0.88) to the rim (0.72, -0.6); its normal is (1.48, 0.72) / 1.6458.
        float side = 0.89925f * radius + 0.43748f * (y - 0.88f);
        return Max(side, -0.6f - y);
    }

    private static float Tetrahedron(Vec3 p)
    {
        // Four planes; the one below is the base, the others lean towards the apex.
        float lean = p.Y * (1f / 3f);
        float a = lean + 0.942809f * p.X;
        float b = lean - 0.471405f * p.X + 0.816497f * p.Z;
        float c = lean - 0.471405f * p.X - 0.816497f * p.Z;
        return Max(Max(a, b), Max(c, -p.Y)) - 0.32f;
    }

    private static float Star(Vec3 p)
    {
        // Fold the plane into one half of a point of the star: two mirror lines at 36 degrees.
        const float Cos = 0.809017f, Sin = 0.587785f;
        float x = MathF.Abs(p.X), z = p.Z;
        float over = Max(Cos * x - Sin * z, 0f);
        x -= 2f * over * Cos;
        z += 2f * over * Sin;
        over = Max(-Cos * x - Sin * z, 0f);
        x += 2f * over * Cos;
        z += 2f * over * Sin;
        x = MathF.Abs(x);

        // The edge from the tip (0, 0.93) to the inner corner at 36 degrees, radius 0.42.
        float edgeX = 0.246870f, edgeZ = 0.339787f - 0.93f;
        float along = Math.Clamp((x * edgeX + (z - 0.93f) * edgeZ) / (edgeX * edgeX + edgeZ * edgeZ), 0f, 1f);
        float outline = Length(x - edgeX * along, z - 0.93f - edgeZ * along);
        bool inside = x * edgeZ - (z - 0.93f) * edgeX > 0f;
        return Max(inside ? -outline : outline, MathF.Abs(p.Y) - 0.2f);
    }

    private static float Cross(Vec3 p)
    {
        // The nearest of the three bars is the one along the largest coordinate.
        float x = MathF.Abs(p.X), y = MathF.Abs(p.Y), z = MathF.Abs(p.Z);
        float along = Max(x, Max(y, z));
        float across = along == x ? Max(y, z) : along == y ? Max(x, z) : Max(x, y);
        float least = x + y + z - along - across;
        return Box(new Vec3(along, across, least), 0.86f, 0.19f, 0.19f) - 0.03f;
    }

    private static float Dumbbell(float radius, float y)
    {
        float ball = Length(radius, y - 0.56f) - 0.4f;
        float rod = Max(radius - 0.13f, y - 0.56f);
        return Min(ball, rod);
    }

    private static float Hourglass(float radius, float y)
    {
        // The side runs from the waist (0.08, 0) to the rim (0.62, 0.72); its normal is (0.72, -0.54) / 0.9.
        float side = 0.8f * (radius - 0.08f) - 0.6f * y;
        return Max(side, y - 0.72f);
    }

    private static float Box(Vec3 p, float x, float y, float z)
    {
        float dx = MathF.Abs(p.X) - x, dy = MathF.Abs(p.Y) - y, dz = MathF.Abs(p.Z) - z;
        float outside = new Vec3(Max(dx, 0f), Max(dy, 0f), Max(dz, 0f)).Length;
        return outside + Min(Max(dx, Max(dy, dz)), 0f);
    }

    private static float Radius(Vec3 p) => Length(p.X, p.Z);

    private static float Length(float x, float y) => MathF.Sqrt(x * x + y * y);

    // Plain comparisons: no NaN occurs here, and MathF.Max pays for handling it.
    private static float Max(float a, float b) => a > b ? a : b;

    private static float Min(float a, float b) => a < b ? a : b;
}
