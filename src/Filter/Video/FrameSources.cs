using Realtime.Filter.Errors;
using Realtime.Filter.Images;
using Realtime.Filter.Live;
using Realtime.Filter.Solids;

namespace Realtime.Filter.Video;

/// <summary>Opens whatever the user wrote after -i.</summary>
public static class FrameSources
{
    /// <summary>
    /// Opens an input: a video file, a picture, a folder of pictures, "-" for y4m on standard input, or solids:... for the synthetic scene.
    /// </summary>
    /// <param name="input">The text after -i.</param>
    /// <param name="options">How to decode; null is <see cref="SourceOptions.Default"/>.</param>
    /// <exception cref="UserErrorException">The input is missing or unreadable; the message says why.</exception>
    public static IFrameSource Open(string input, SourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Length == 0)
            throw new UserErrorException(ExitCode.Usage, "-i is empty; name a video, a picture, a folder of pictures, - or solids:");
        if (SolidsOptions.Matches(input))
            return new SolidsSource(SolidsOptions.Parse(input));
        if (input == "-")
            return OpenStandardInput();
        if (LiveInput.Matches(input))
        {
            string name = LiveAddress.Matches(input) ? LiveAddress.Parse(input).Name : input;
            throw new UserErrorException(ExitCode.Usage, $"-i {name}: a live input; only purify takes those.");
        }

        if (Directory.Exists(input) || PictureFiles.IsPicture(input))
            return new PictureSource(input);
        return new FFmpegSource(input, options ?? SourceOptions.Default);
    }

    private static Y4mSource OpenStandardInput()
    {
        if (!Console.IsInputRedirected)
            throw new UserErrorException(ExitCode.Usage, "-i - reads y4m from a pipe, but standard input is the terminal. Try: ffmpeg -i IN -f yuv4mpegpipe - | ./realtime ...");
        return new Y4mSource(Console.OpenStandardInput());
    }
}
