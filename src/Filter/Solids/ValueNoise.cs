namespace Realtime.Filter.Solids;

/// <summary>Smooth random values in space: hashed lattice points, blended.</summary>
internal static class ValueNoise
{
    /// <summary>Three octaves, each of twice the frequency and half the height; in [0, 1].</summary>
    public static float Clouds(Vec3 p, uint seed) =>
        (4f * At(p, seed) + 2f * At(p * 2f, seed + 1) + At(p * 4f, seed + 2)) * (1f / 7f);

    /// <summary>One octave with features of about one unit; in [0, 1].</summary>
    public static float At(Vec3 p, uint seed)
    {
        float fx = MathF.Floor(p.X), fy = MathF.Floor(p.Y), fz = MathF.Floor(p.Z);
        int x = (int)fx, y = (int)fy, z = (int)fz;
        float u = Ease(p.X - fx), v = Ease(p.Y - fy), w = Ease(p.Z - fz);
        float near = Square(x, y, z, u, v, seed);
        return near + (Square(x, y, z + 1, u, v, seed) - near) * w;
    }

    /// <summary>The random value of one lattice point, in [0, 1).</summary>
    public static float Lattice(int x, int y, int z, uint seed)
    {
        uint hash = ((uint)x * 0x8DA6B343) ^ ((uint)y * 0xD8163841) ^ ((uint)z * 0xCB1AB31F) ^ (seed * 0x9E3779B9);
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6D;
        hash = (hash ^ (hash >> 12)) * 0x297A2D39;
        return ((hash ^ (hash >> 15)) >> 8) * (1f / (1 << 24));
    }

    private static float Square(int x, int y, int z, float u, float v, uint seed)
    {
        float a = Lattice(x, y, z, seed);
        float b = Lattice(x, y + 1, z, seed);
        a += (Lattice(x + 1, y, z, seed) - a) * u;
        b += (Lattice(x + 1, y + 1, z, seed) - b) * u;
        return a + (b - a) * v;
    }

    private static float Ease(float t) => t * t * (3f - 2f * t);
}
