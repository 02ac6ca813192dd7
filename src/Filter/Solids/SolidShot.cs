namespace Realtime.Filter.Solids;

/// <summary>
/// One second with one solid: it turns and drifts and the light wanders, everything drawn from one random stream. Still pictures are
/// instants of such shots, so a classifier of the pictures knows every frame of the scene.
/// </summary>
internal sealed class SolidShot
{
    // The bounding sphere stays inside this part of the picture.
    private const float Reach = 0.96f;

    private readonly Solid solid;
    private readonly (float From, float To) spin;
    private readonly (float From, float To) tilt;
    private readonly (float From, float To) roll;
    private readonly (float From, float To) centerX;
    private readonly (float From, float To) centerY;
    private readonly (float From, float To) radius;
    private readonly (float From, float To) lightTurn;
    private readonly float lightHeight;
    private readonly Texture material;
    private readonly Texture wall;

    /// <summary>Draws a shot of <paramref name="solid"/>.</summary>
    public SolidShot(Solid solid, SplitMix64 random)
    {
        this.solid = solid;
        spin = Sweep(ref random, 0.35f);
        roll = Sweep(ref random, 0.12f);
        (float low, float high) = SolidShapes.Tilts(solid);
        tilt = (random.Range(low, high), random.Range(low, high));
        radius = (random.Range(0.62f, 0.9f), random.Range(0.62f, 0.9f));
        float room = Reach - MathF.Max(radius.From, radius.To);
        centerX = (random.Range(-room, room), random.Range(-room, room));
        centerY = (random.Range(-room, room), random.Range(-room, room));

        // From the left over the top to the right, never from below.
        float start = random.Range(0.02f, 0.48f);
        lightTurn = (start, Math.Clamp(start + random.Range(-0.12f, 0.12f), 0.02f, 0.48f));
        lightHeight = random.Range(0.6f, 0.85f);

        (Vec3 solid1, Vec3 solid2, Vec3 wall1, Vec3 wall2) = Palette.Draw(ref random);
        material = new Texture(ref random, solid1, solid2, random.Range(2.2f, 4f));
        wall = new Texture(ref random, wall1, wall2, random.Range(2f, 5f));
    }

    /// <summary>The shot at <paramref name="time"/> in [0, 1].</summary>
    public SolidView At(float time)
    {
        float spinNow = Between(spin, time), tiltNow = Between(tilt, time), rollNow = Between(roll, time);
        float sinSpin = Turn.Sin(spinNow), cosSpin = Turn.Cos(spinNow);
        float sinTilt = Turn.Sin(tiltNow), cosTilt = Turn.Cos(tiltNow);
        float sinRoll = Turn.Sin(rollNow), cosRoll = Turn.Cos(rollNow);

        // The viewer looks along Forward, tilted from the axis (y), from the side that the spin says; the roll turns the picture.
        Vec3 forward = new(-sinTilt * cosSpin, -cosTilt, -sinTilt * sinSpin);
        Vec3 side = new(-sinSpin, 0f, cosSpin);
        Vec3 above = new(-cosTilt * cosSpin, sinTilt, -cosTilt * sinSpin);
        Vec3 right = side * cosRoll + above * sinRoll;
        Vec3 up = above * cosRoll - side * sinRoll;

        float turn = Between(lightTurn, time), flat = MathF.Sqrt(1f - lightHeight * lightHeight);
        Vec3 light = new(flat * Turn.Cos(turn), flat * Turn.Sin(turn), -lightHeight);
        return new SolidView(
            solid, right, up, forward, Between(centerX, time), Between(centerY, time), Between(radius, time), light, material, wall);
    }

    private static (float From, float To) Sweep(ref SplitMix64 random, float most)
    {
        float start = random.Unit();
        return (start, start + random.Range(-most, most));
    }

    private static float Between((float From, float To) range, float time) => range.From + (range.To - range.From) * time;
}
