using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public class Module : IDisposable
        {
            private readonly List<(string Name, Module Module)> submodules = [];
            private readonly List<(string Name, Parameter Parameter)> ownParameters = [];
            private readonly List<(string Name, Tensor Buffer)> ownBuffers = [];
            private bool registered;

            protected Module(string name) => Name = name;

            private string Name { get; }

            public virtual bool training { get; private set; } = true;

            public virtual string GetName() => Name;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach ((_, Module module) in submodules)
                    module.train(train);
            }

            public virtual void eval() => train(false);

            public virtual void register_module(string name, Module submodule) => submodules.Add((name, submodule));

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true) => ownBuffers.Add((name, tensor.DetachFromDisposeScope()));

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                foreach ((string name, Parameter parameter) in ownParameters)
                    yield return (name, parameter);
                if (!recurse)
                    yield break;
                foreach ((string prefix, Module module) in submodules)
                {
                    foreach ((string name, Parameter parameter) in module.named_parameters())
                        yield return ($"{prefix}.{name}", parameter);
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach ((string name, Tensor buffer) in ownBuffers)
                    yield return (name, buffer);
                if (!recurse)
                    yield break;
                foreach ((string prefix, Module module) in submodules)
                {
                    foreach ((string name, Tensor buffer) in module.named_buffers())
                        yield return ($"{prefix}.{name}", buffer);
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach ((_, Parameter parameter) in ownParameters)
                    parameter.Dispose();
                foreach ((_, Tensor buffer) in ownBuffers)
                    buffer.Dispose();
                foreach ((_, Module module) in submodules)
                    module.Dispose();
            }

            /// <summary>Registers every field that holds a module, a parameter or a tensor, under the field's name and in declared order.</summary>
            protected virtual void RegisterComponents()
            {
                if (registered)
                    return;
                registered = true;
                foreach (FieldInfo field in GetType().GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
                {
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(field.Name, module);
                            break;
                        case Parameter parameter:
                            ownParameters.Add((field.Name, parameter));
                            break;
                        case Tensor tensor:
                            register_buffer(field.Name, tensor);
                            break;
                    }
                }
            }
        }

        public abstract class Module<T, TResult> : Module
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T input);

            public TResult call(T input) => forward(input);
        }

        public abstract class Module<T1, T2, TResult> : Module
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }
    }
}
