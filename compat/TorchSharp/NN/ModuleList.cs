using System.Collections;

namespace TorchSharp.Modules
{
    public class ModuleList<T> : torch.nn.Module, IReadOnlyList<T>
        where T : torch.nn.Module
    {
        private readonly T[] list;

        internal ModuleList(T[] modules)
            : base(nameof(ModuleList<T>))
        {
            list = modules;
            for (int i = 0; i < modules.Length; i++)
                register_module(i.ToString(System.Globalization.CultureInfo.InvariantCulture), modules[i]);
        }

        public int Count => list.Length;

        public T this[int index] => list[index];

        public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)list).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);
        }
    }
}
