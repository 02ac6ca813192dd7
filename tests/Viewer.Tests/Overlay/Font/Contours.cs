using System.Numerics;

namespace Realtime.Viewer.Tests.Overlay.Font;

/// <summary>Cuts TrueType's quadratic curves into straight pieces.</summary>
internal static class Contours
{
    private const int CurvePieces = 10;

    /// <summary>Adds a closed contour: flags' lowest bit tells points on it from control points.</summary>
    public static void Add(Span<Vector2> points, Span<byte> flags, List<(Vector2, Vector2)> pieces)
    {
        int count = points.Length;
        for (int i = 0; i < count; i++)
        {
            int previous = (i + count - 1) % count, next = (i + 1) % count;
            bool isOn = (flags[i] & 1) != 0, isNextOn = (flags[next] & 1) != 0;
            if (isOn && isNextOn)
                pieces.Add((points[i], points[next]));
            if (isOn)
                continue;
            Vector2 start = (flags[previous] & 1) != 0 ? points[previous] : (points[previous] + points[i]) / 2;
            Vector2 end = isNextOn ? points[next] : (points[i] + points[next]) / 2, last = start;
            for (int j = 1; j <= CurvePieces; j++)
            {
                float t = j / (float)CurvePieces;
                Vector2 point = ((1 - t) * (1 - t) * start) + (2 * t * (1 - t) * points[i]) + (t * t * end);
                pieces.Add((last, point));
                last = point;
            }
        }
    }
}
