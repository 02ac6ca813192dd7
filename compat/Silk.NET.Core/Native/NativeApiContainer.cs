using Silk.NET.Core.Contexts;

namespace Silk.NET.Core.Native;

/// <summary>Functions of a native API, each found when it is first called.</summary>
public abstract class NativeApiContainer(INativeContext ctx) : IDisposable
{
    private nint[] entries = [];

    protected INativeContext Context { get; } = ctx;

    // The bindings here number their functions; the package has a table of its own making in this place.
    protected nint Entry(int slot, string name)
    {
        nint[] table = entries;
        return slot < table.Length && table[slot] != 0 ? table[slot] : Find(slot, name);
    }

    /// <summary>Forgets the functions found so far.</summary>
    protected void PurgeEntryPoints() => entries = [];

    public void Dispose()
    {
        Context.Dispose();
        GC.SuppressFinalize(this);
    }

    private nint Find(int slot, string name)
    {
        nint found = Context.GetProcAddress(name);
        lock (Context)
        {
            // A new array each time it grows: readers take no lock.
            nint[] table = entries;
            if (slot >= table.Length) { Array.Resize(ref table, slot + 32); }
            table[slot] = found;
            entries = table;
        }
        return found;
    }
}
