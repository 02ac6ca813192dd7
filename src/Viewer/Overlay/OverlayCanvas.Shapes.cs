namespace Realtime.Viewer.Overlay;

/// <summary>Rectangles and lines.</summary>
internal sealed partial class OverlayCanvas
{
    /// <summary>A filled rectangle.</summary>
    public void Fill(Box box, Tint tint)
    {
        int left = Math.Max(box.X, 0), right = Math.Min(box.Right, Width);
        if (left >= right || tint.A == 0)
            return;
        uint colour = tint.Covering(255);
        for (int y = Math.Max(box.Y, 0); y < Math.Min(box.Bottom, Height); y++)
            Span(y, left, right, colour);
        Touch(box.Y, box.Bottom);
    }

    /// <summary>A filled rectangle with round corners; half its height as <paramref name="radius"/> gives a pill, a square one a disc.</summary>
    public void Fill(Box box, Tint tint, int radius)
    {
        radius = Math.Min(radius, Math.Min(box.Width, box.Height) / 2);
        if (radius <= 0)
        {
            Fill(box, tint);
            return;
        }
        if (box.Right <= 0 || box.X >= Width || tint.A == 0)
            return;
        uint colour = tint.Covering(255);
        for (int y = Math.Max(box.Y, 0); y < Math.Min(box.Bottom, Height); y++)
        {
            int fromEdge = Math.Min(y - box.Y, box.Bottom - 1 - y);
            if (fromEdge >= radius)
            {
                Span(y, box.X, box.Right, colour);
                continue;
            }
            Span(y, box.X + radius, box.Right - radius, colour);
            for (int i = 0; i < radius; i++)
            {
                float dx = radius - i - 0.5f, dy = radius - fromEdge - 0.5f;
                uint corner = tint.Covering(Covered(radius - MathF.Sqrt((dx * dx) + (dy * dy))));
                Dot(box.X + i, y, corner);
                Dot(box.Right - 1 - i, y, corner);
            }
        }
        Touch(box.Y, box.Bottom);
    }

    /// <summary>A straight line with round ends, anti-aliased.</summary>
    public void Line(float x1, float y1, float x2, float y2, float thickness, Tint tint)
    {
        float half = thickness / 2, reach = half + 1, dx = x2 - x1, dy = y2 - y1, length = Math.Max((dx * dx) + (dy * dy), 1e-6f);
        int left = (int)Math.Clamp(MathF.Floor(Math.Min(x1, x2) - reach), 0, Width), right = (int)Math.Clamp(Math.Max(x1, x2) + reach + 1, 0, Width);
        int top = (int)Math.Clamp(MathF.Floor(Math.Min(y1, y2) - reach), 0, Height), bottom = (int)Math.Clamp(Math.Max(y1, y2) + reach + 1, 0, Height);
        int first = Height, last = -1;
        for (int y = top; y < bottom; y++)
            for (int x = left; x < right; x++)
            {
                float px = x + 0.5f - x1, py = y + 0.5f - y1, along = Math.Clamp(((px * dx) + (py * dy)) / length, 0, 1);
                px -= along * dx;
                py -= along * dy;
                uint colour = tint.Covering(Covered(half - MathF.Sqrt((px * px) + (py * py))));
                if (colour == 0)
                    continue;
                Dot(x, y, colour);
                first = Math.Min(first, y);
                last = y;
            }
        if (last >= first)
            Touch(first, last + 1);
    }

    /// <summary>Lines from point to point, evenly spread over the box, a value of 1 at its upper edge and 0 at its lower.</summary>
    public void Polyline(Box box, ReadOnlySpan<float> values, float thickness, Tint tint)
    {
        float step = box.Width / (float)Math.Max(values.Length - 1, 1);
        for (int i = 1; i < values.Length; i++)
            Line(box.X + ((i - 1) * step), box.Bottom - (values[i - 1] * box.Height), box.X + (i * step), box.Bottom - (values[i] * box.Height), thickness, tint);
    }

    private static int Covered(float inside) => (int)(Math.Clamp(inside + 0.5f, 0, 1) * 255);
}
