namespace Realtime.VulkanGenerator;

/// <summary>Writes a method that pins its arguments and calls the form with pointers only.</summary>
internal static class MethodWriter
{
    /// <param name="head">Modifiers and return type.</param>
    /// <param name="command">The function.</param>
    /// <param name="forms">One form for each parameter.</param>
    /// <param name="api">For an extension method, what it extends.</param>
    public static IEnumerable<string> Write(string head, CommandDefinition command, ParameterForm[] forms, string? api)
    {
        string name = Naming.Command(command.Name);
        string[] generics = [.. forms.Select(f => f.Generic).OfType<string>()];
        IEnumerable<string> parameters = [.. api is null ? Array.Empty<string>() : [$"this {api} thisApi"], .. forms.Select(f => f.Declaration)];
        string where = string.Concat(generics.Select(g => $" where {g} : unmanaged"));
        string call = $"{(api is null ? "" : "thisApi.")}{name}({string.Join(", ", forms.Select(f => f.Argument))});";
        string[] pins = [.. forms.Select(f => f.Fixed).OfType<string>()];
        string[] texts = [.. forms.Select(f => f.Text).OfType<string>()];

        var body = new List<string>();
        body.AddRange(forms.Where(f => f.IsOut).Select(f => $"Unsafe.SkipInit(out {f.Declaration.Split(' ')[^1]});"));
        body.AddRange(texts.Select(t => $"byte* {t}Ptr = (byte*)SilkMarshal.StringToPtr({t}, NativeStringEncoding.UTF8);"));
        IEnumerable<string> calling = [.. pins, $"    {(command.ReturnType == "void" ? "" : "return ")}{call}"];
        if (pins.Length == 0) { calling = calling.Select(l => l.Trim()); }
        body.AddRange(texts.Length == 0 ? calling
            : [.. Generation.Block("try", calling), .. Generation.Block("finally", texts.Select(t => $"SilkMarshal.Free((nint){t}Ptr);"))]);
        string type = generics.Length == 0 ? "" : $"<{string.Join(", ", generics)}>";
        return [.. Generation.Block($"{head}{name}{type}({string.Join(", ", parameters)}){where}", body), ""];
    }
}
