namespace Realtime.Filter.Solids;

/// <summary>
/// Draws one <see cref="SolidView"/>: sphere tracing of the solid's distance function, a wall behind it, one light with soft shadows.
/// Scalar float arithmetic in a fixed order: the same bytes on every machine, from any thread.
/// </summary>
internal readonly struct SolidRenderer
{
    private const float EyeDistance = 4f;
    private const float WallDepth = 1.3f;
    private const int MaxSteps = 48;
    private const int MaxShadowSteps = 16;

    private readonly SolidView view;
    private readonly Vec3 eye;
    private readonly Vec3 light;
    private readonly Vec3 half;
    private readonly float pixel;
    private readonly bool convex;

    private SolidRenderer(in SolidView view, float pixel)
    {
        this.view = view;
        this.pixel = pixel;
        convex = SolidShapes.IsConvex(view.Solid);
        eye = view.Forward * -EyeDistance;
        light = view.Right * view.Light.X + view.Up * view.Light.Y + view.Forward * view.Light.Z;
        half = (light - view.Forward).Normalized();
    }

    /// <summary>Draws <paramref name="view"/>.</summary>
    /// <param name="view">What to draw.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rgb">[height, width, 3], 0..255.</param>
    public static void Render(in SolidView view, int width, int height, Span<byte> rgb)
    {
        float unit = 2f / Math.Min(width, height);
        float scale = 1f / view.Radius;
        SolidRenderer renderer = new(view, unit * scale);
        int at = 0;
        for (int row = 0; row < height; row++)
        {
            float y = (0.5f * height - row - 0.5f) * unit;
            for (int column = 0; column < width; column++, at += 3)
            {
                float x = (column + 0.5f - 0.5f * width) * unit;
                Vec3 color = renderer.Pixel((x - view.CenterX) * scale, (y - view.CenterY) * scale, x, y, unit);
                rgb[at] = ToByte(color.X);
                rgb[at + 1] = ToByte(color.Y);
                rgb[at + 2] = ToByte(color.Z);
            }
        }
    }

    // u, v: where the ray crosses the plane through the solid's centre, in its radii; x, y: place in the picture, in half sides.
    private Vec3 Pixel(float u, float v, float x, float y, float unit)
    {
        Vec3 ray = (view.Right * u + view.Up * v + view.Forward * EyeDistance).Normalized();
        float coverage = Trace(ray, out float distance);
        if (coverage >= 1f)
            return Surface(eye + ray * distance);
        Vec3 behind = Wall(ray, x, y, unit);
        return coverage <= 0f ? behind : Vec3.Mix(behind, Surface(eye + ray * distance), coverage);
    }

    // 1 on a hit; where the ray passes within a pixel of the surface, the share of the pixel that the solid covers.
    private float Trace(Vec3 ray, out float distance)
    {
        float middle = -Vec3.Dot(eye, ray);
        float inside = middle * middle - EyeDistance * EyeDistance + 1f;
        distance = 0f;
        if (inside <= 0f)
            return 0f;

        float chord = MathF.Sqrt(inside), end = middle + chord, closest = pixel;
        float t = middle - chord;
        for (int step = 0; step < MaxSteps && t < end; step++)
        {
            float gap = SolidShapes.Distance(view.Solid, eye + ray * t);
            if (gap < closest)
            {
                closest = gap;
                distance = t;
            }
            if (gap < 0.1f * pixel)
                return 1f;
            t += gap;
        }
        return 1f - closest / pixel;
    }

    private Vec3 Surface(Vec3 point)
    {
        Vec3 normal = Normal(point);
        float direct = MathF.Max(Vec3.Dot(normal, light), 0f), open = 1f;
        if (!convex)
        {
            open = Math.Clamp(SolidShapes.Distance(view.Solid, point + normal * 0.2f) * 5f, 0f, 1f);
            if (direct > 0f)
                direct *= Shadow(point + normal * 0.02f, 0.02f);
        }

        float ambient = (0.2f + 0.12f * Vec3.Dot(normal, view.Up)) * (0.4f + 0.6f * open);
        float shine = Math.Clamp(Vec3.Dot(normal, half), 0f, 1f);
        shine *= shine;
        shine *= shine;
        shine *= shine;
        shine *= shine;
        shine *= shine;

        float gloss = direct > 0f ? 0.35f * shine : 0f;
        Vec3 color = view.Material.ColorAt(point, pixel);
        return color * (ambient + 0.95f * direct) + new Vec3(gloss, gloss, gloss);
    }

    private Vec3 Wall(Vec3 ray, float x, float y, float unit)
    {
        float depth = (EyeDistance + WallDepth) / Vec3.Dot(ray, view.Forward);
        float shadow = WallShadow(eye + ray * depth);
        float falloff = 1f + 0.3f * (x * view.Light.X + y * view.Light.Y);
        Vec3 color = view.Wall.ColorAt(new Vec3(x, y, 0.37f), unit);
        return color * ((0.35f + 0.65f * shadow) * falloff);
    }

    private float WallShadow(Vec3 point)
    {
        // Only where the way to the light passes near the solid.
        float middle = -Vec3.Dot(point, light);
        float inside = middle * middle - Vec3.Dot(point, point) + 1.2f;
        return inside <= 0f ? 1f : Shadow(point, middle - MathF.Sqrt(inside));
    }

    // The share of the light that arrives; it falls where the way to the light passes close to the surface, so shadows are soft.
    private float Shadow(Vec3 point, float from)
    {
        float share = 1f, t = from;
        for (int step = 0; step < MaxShadowSteps; step++)
        {
            Vec3 p = point + light * t;
            float gap = SolidShapes.Distance(view.Solid, p);
            share = MathF.Min(share, 0.5f + 6f * gap / (t + 0.3f));
            if (share <= 0f)
                return 0f;
            t += Math.Clamp(gap, 0.06f, 0.5f);
            if (Vec3.Dot(p, p) > 1.3f && Vec3.Dot(p, light) > 0f)
                break;
        }
        return share * share * (3f - 2f * share);
    }

    private Vec3 Normal(Vec3 p)
    {
        // Differences along the four corners of a tetrahedron: four evaluations instead of six.
        const float Step = 0.004f;
        float a = SolidShapes.Distance(view.Solid, new Vec3(p.X + Step, p.Y - Step, p.Z - Step));
        float b = SolidShapes.Distance(view.Solid, new Vec3(p.X - Step, p.Y - Step, p.Z + Step));
        float c = SolidShapes.Distance(view.Solid, new Vec3(p.X - Step, p.Y + Step, p.Z - Step));
        float d = SolidShapes.Distance(view.Solid, new Vec3(p.X + Step, p.Y + Step, p.Z + Step));
        return new Vec3(a - b - c + d, -a - b + c + d, -a + b - c + d).Normalized();
    }

    private static byte ToByte(float linear) => (byte)(MathF.Sqrt(Math.Clamp(linear, 0f, 1f)) * 255f + 0.5f);
}
