namespace Realtime.Filter.Solids;

/// <summary>
/// A point, a direction or a linear-light colour. Own type instead of <see cref="System.Numerics.Vector3"/>, whose dot product adds in
/// another order on other processors: here a picture has the same bytes everywhere.
/// </summary>
internal readonly record struct Vec3(float X, float Y, float Z)
{
    public float Length => MathF.Sqrt(Dot(this, this));

    public static Vec3 operator +(Vec3 a, Vec3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vec3 operator -(Vec3 a, Vec3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vec3 operator *(Vec3 a, Vec3 b) => new(a.X * b.X, a.Y * b.Y, a.Z * b.Z);

    public static Vec3 operator *(Vec3 a, float scale) => new(a.X * scale, a.Y * scale, a.Z * scale);

    public static float Dot(Vec3 a, Vec3 b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

    public static Vec3 Mix(Vec3 a, Vec3 b, float share) => a + (b - a) * share;

    public Vec3 Normalized() => this * (1f / Length);
}
