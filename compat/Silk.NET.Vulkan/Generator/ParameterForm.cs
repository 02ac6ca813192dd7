namespace Realtime.VulkanGenerator;

/// <summary>One way to pass a pointer.</summary>
/// <param name="Declaration">The parameter as declared.</param>
/// <param name="Argument">What the form with pointers only is called with.</param>
/// <param name="Fixed">The statement head that pins it, if any.</param>
/// <param name="Generic">Its type parameter, if any.</param>
/// <param name="IsOut">Whether it is an out parameter.</param>
/// <param name="Text">The name, where it is a string.</param>
internal sealed record ParameterForm(string Declaration, string Argument, string? Fixed = null, string? Generic = null, bool IsOut = false, string? Text = null)
{
    public bool IsPointer => Fixed is null && Text is null;
}
