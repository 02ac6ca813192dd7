namespace TorchSharp;

public static partial class torch
{
    public static DisposeScope NewDisposeScope() => new();
}

/// <summary>Disposes at its end every tensor made on this thread since its start that was not moved out.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? current;

    private readonly DisposeScope? outer;
    private readonly HashSet<torch.Tensor> owned = new(ReferenceEqualityComparer.Instance);

    internal DisposeScope()
    {
        outer = current;
        current = this;
    }

    public int DisposablesCount => owned.Count;

    internal static DisposeScope? Current => current;

    public torch.Tensor MoveToOuter(torch.Tensor disposable)
    {
        if (owned.Remove(disposable))
            outer?.Attach(disposable);
        return disposable;
    }

    public void Dispose()
    {
        if (current != this)
            throw new InvalidOperationException("Dispose scopes must be disposed in the reverse order of their creation.");
        current = outer;
        foreach (torch.Tensor tensor in owned)
            tensor.DisposeByScope();
        owned.Clear();
    }

    internal void Attach(torch.Tensor tensor)
    {
        owned.Add(tensor);
        tensor.Scope = this;
    }

    internal void Forget(torch.Tensor tensor) => owned.Remove(tensor);

    internal static void MoveOut(torch.Tensor tensor)
    {
        DisposeScope? scope = tensor.Scope;
        if (scope is null)
            return;
        scope.owned.Remove(tensor);
        tensor.Scope = null;
        scope.outer?.Attach(tensor);
    }
}
