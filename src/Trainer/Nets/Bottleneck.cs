using System.Text.Json.Serialization;

namespace Realtime.Trainer.Nets;

/// <summary>What of an attacked picture reaches a purifier's output past its tokens: each step down leaves an attacker less to work with, and the output less of the picture.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Bottleneck>))]
public enum Bottleneck
{
    /// <summary>The convolutional head sees the stem's features beside what the decoder makes of the tokens.</summary>
    None,

    /// <summary>The head sees what the decoder makes of the tokens, and nothing else.</summary>
    Tokens,

    /// <summary>The decoder, besides, gets the mean of all tokens in every place: what the output is painted from are as many numbers as a token is wide.</summary>
    Mean,

    /// <summary>That mean, besides, goes through as many numbers as there are classes: what is painted is the encoder's own verdict, as robust as a classifier is that was trained to be.</summary>
    Verdict,
}
