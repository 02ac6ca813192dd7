namespace Realtime.Filter.Solids;

/// <summary>A two-coloured pattern in space, as if the solid were cut out of the material; the wall behind is a plane cut through it.</summary>
internal sealed class Texture
{
    private const int KindCount = 6;

    private readonly TextureKind kind;
    private readonly Vec3 first;
    private readonly Vec3 second;
    private readonly Vec3 across;
    private readonly Vec3 offset;
    private readonly float frequency;
    private readonly uint seed;

    /// <summary>Draws kind, direction and phase; the pattern has about <paramref name="frequency"/> features a unit.</summary>
    /// <param name="random">Where the choices come from.</param>
    /// <param name="first">Linear-light colour.</param>
    /// <param name="second">The other one.</param>
    /// <param name="frequency">Features a unit of space.</param>
    public Texture(ref SplitMix64 random, Vec3 first, Vec3 second, float frequency)
    {
        kind = (TextureKind)random.Below(KindCount);
        this.first = first;
        this.second = second;
        this.frequency = frequency;
        float turn = random.Unit(), height = random.Range(-0.5f, 0.5f);
        across = new Vec3(Turn.Cos(turn), Turn.Sin(turn), height).Normalized();
        offset = new Vec3(random.Range(0f, 64f), random.Range(0f, 64f), random.Range(0f, 64f));
        seed = (uint)random.Next();
    }

    /// <summary>The colour at <paramref name="point"/>.</summary>
    /// <param name="point">In the material's own coordinates, so that the pattern turns with the solid.</param>
    /// <param name="blur">Size of a pixel there, for soft edges between the colours.</param>
    public Vec3 ColorAt(Vec3 point, float blur)
    {
        Vec3 p = point * frequency + offset;
        return Vec3.Mix(first, second, Share(p, blur * frequency));
    }

    private float Share(Vec3 p, float blur) => kind switch
    {
        TextureKind.Plain => 0.25f * ValueNoise.At(p, seed),
        TextureKind.Checker => Checker(p, blur),
        TextureKind.Stripes => Edge(Wave(Vec3.Dot(p, across)), 2f * blur),
        TextureKind.Marble => 0.5f + 0.5f * Wave(Vec3.Dot(p, across) * 0.7f + 2.2f * ValueNoise.Clouds(p, seed)),
        TextureKind.Clouds => Smooth((ValueNoise.Clouds(p * 1.5f, seed) - 0.3f) * 2.5f),
        _ => Dots(p, blur),
    };

    private static float Checker(Vec3 p, float blur)
    {
        float sign = Side(p.X, blur) * Side(p.Y, blur) * Side(p.Z, blur);
        return 0.5f + 0.5f * sign;
    }

    // +1 in one cell and -1 in the next, with a ramp one pixel wide between them.
    private static float Side(float x, float blur) => 2f * Edge(Wave(x * 0.5f), blur) - 1f;

    private float Dots(Vec3 p, float blur)
    {
        float x = p.X - MathF.Floor(p.X) - 0.5f, y = p.Y - MathF.Floor(p.Y) - 0.5f, z = p.Z - MathF.Floor(p.Z) - 0.5f;
        float radius = new Vec3(x, y, z).Length;
        return Edge(0.42f - radius, blur);
    }

    // A triangle wave of period 1 between -1 and 1.
    private static float Wave(float x)
    {
        float t = x - MathF.Floor(x);
        return 4f * MathF.Abs(t - 0.5f) - 1f;
    }

    private static float Edge(float x, float blur) => Math.Clamp(0.5f + x / (4f * blur + 0.02f), 0f, 1f);

    private static float Smooth(float x)
    {
        float t = Math.Clamp(x, 0f, 1f);
        return t * t * (3f - 2f * t);
    }
}
