using System.Runtime.InteropServices;

namespace Silk.NET.Core.Native;

/// <summary>Strings, arrays of strings and delegates on their way to native code.</summary>
public static class SilkMarshal
{
    public static nint StringToPtr(string? input, NativeStringEncoding encoding = NativeStringEncoding.Ansi) => Marshal.StringToCoTaskMemUTF8(input);

    public static string? PtrToString(nint input, NativeStringEncoding encoding = NativeStringEncoding.Ansi) => Marshal.PtrToStringUTF8(input);

    public static unsafe nint StringArrayToPtr(IReadOnlyList<string> input, NativeStringEncoding encoding = NativeStringEncoding.Ansi)
    {
        // Pointers and texts in one block, so that one Free returns both.
        byte[][] texts = [.. input.Select(System.Text.Encoding.UTF8.GetBytes)];
        nint block = Marshal.AllocCoTaskMem(texts.Length * sizeof(nint) + texts.Sum(t => t.Length + 1));
        var pointers = (byte**)block;
        byte* next = (byte*)(pointers + texts.Length);
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i].CopyTo(new Span<byte>(next, texts[i].Length));
            next[texts[i].Length] = 0;
            pointers[i] = next;
            next += texts[i].Length + 1;
        }
        return block;
    }

    public static unsafe string?[] PtrToStringArray(nint input, int numStrings, NativeStringEncoding encoding = NativeStringEncoding.Ansi) =>
        [.. Enumerable.Range(0, numStrings).Select(i => PtrToString(((nint*)input)[i], encoding))];

    public static bool Free(nint ptr)
    {
        Marshal.FreeCoTaskMem(ptr);
        return true;
    }

    /// <summary>The caller keeps the delegate alive for as long as native code may call it.</summary>
    public static nint DelegateToPtr<T>(T @delegate) where T : Delegate => Marshal.GetFunctionPointerForDelegate(@delegate);

    public static T PtrToDelegate<T>(nint ptr) where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(ptr);
}
