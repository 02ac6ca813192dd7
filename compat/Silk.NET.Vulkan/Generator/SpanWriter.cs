namespace Realtime.VulkanGenerator;

/// <summary>Writes the extension methods that take spans.</summary>
internal sealed class SpanWriter(TypeNames types)
{
    private readonly ParameterForms forms = new(types);

    public IEnumerable<string> Write(string api, IEnumerable<CommandDefinition> commands) => commands.SelectMany(command =>
    {
        IEnumerable<ParameterForm[]> all = ParameterForms.Combinations(command.Parameters.Select((p, i) => forms.Spans(p, CommandWriter.Generics(command, i))));
        // A string alone is no span: the class itself has that form.
        return all.Where(f => f.Any(p => p.Fixed is not null)).SelectMany(f => MethodWriter.Write($"public static unsafe {types.Of(command.ReturnType)} ", command, f, api));
    });
}
