namespace Silk.NET.Core.Native;

/// <summary>How a string lies in native memory; only the encodings that mean UTF-8 on Linux.</summary>
public enum NativeStringEncoding
{
    Ansi = 0,
    UTF8 = Ansi,
    LPStr = Ansi,
    LPUTF8Str = UTF8,
}
