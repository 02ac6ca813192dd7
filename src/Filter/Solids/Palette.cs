namespace Realtime.Filter.Solids;

/// <summary>Draws colours so that the solid stands out from the wall in hue and in brightness, whatever the patterns are.</summary>
internal static class Palette
{
    /// <summary>Two colours for the solid and two for the wall.</summary>
    public static (Vec3 Solid1, Vec3 Solid2, Vec3 Wall1, Vec3 Wall2) Draw(ref SplitMix64 random)
    {
        float hue = random.Unit();
        float wallHue = hue + random.Range(0.25f, 0.75f);
        bool brightSolid = random.Unit() < 0.6f;
        float bright = random.Range(0.8f, 1f), dark = random.Range(0.22f, 0.38f);

        Vec3 solid1 = Color(hue, random.Range(0.45f, 0.9f), brightSolid ? bright : dark + 0.1f);
        Vec3 solid2 = Color(hue + random.Range(-0.1f, 0.1f), random.Range(0.3f, 0.9f), brightSolid ? 0.62f * bright : 0.5f * dark);
        Vec3 wall1 = Color(wallHue, random.Range(0.1f, 0.5f), brightSolid ? dark + 0.08f : bright);
        Vec3 wall2 = Color(wallHue + random.Range(-0.1f, 0.1f), random.Range(0.1f, 0.6f), brightSolid ? 0.55f * dark : 0.8f * bright);
        return (solid1, solid2, wall1, wall2);
    }

    /// <summary>Hue (turns), saturation and value in [0, 1] to linear light (gamma 2).</summary>
    private static Vec3 Color(float hue, float saturation, float value)
    {
        float r = Channel(hue), g = Channel(hue - 1f / 3f), b = Channel(hue - 2f / 3f);
        Vec3 shown = Vec3.Mix(new Vec3(1f, 1f, 1f), new Vec3(r, g, b), saturation) * value;
        return shown * shown;
    }

    // The trapezoid of one primary over the colour circle, its plateau around 0.
    private static float Channel(float hue)
    {
        float t = hue - MathF.Floor(hue);
        return Math.Clamp(MathF.Abs(6f * t - 3f) - 1f, 0f, 1f);
    }
}
