using System.Runtime.InteropServices;
using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>
/// A compute shader (entry "main") with storage buffers at set 0, bindings 0 to <see cref="Buffers"/> - 1, and one range of push constants.
/// </summary>
public sealed unsafe class GpuPipeline : IDisposable
{
    private readonly GpuDevice device;
    private int disposed;

    internal GpuPipeline(
        GpuDevice device, string name, ReadOnlySpan<byte> spirv, int buffers, int pushConstantBytes, ReadOnlySpan<uint> specialization, bool fullSubgroups)
    {
        this.device = device;
        Name = name;
        Buffers = buffers;
        PushConstantBytes = pushConstantBytes;
        try
        {
            SetLayout = CreateSetLayout();
            Layout = CreateLayout();
            Handle = Create(spirv, specialization, fullSubgroups);
        }
        catch
        {
            Destroy();
            throw;
        }
        device.SetName(ObjectType.Pipeline, Handle.Handle, name);
        device.Own(this);
    }

    /// <summary>The Vulkan pipeline.</summary>
    public Pipeline Handle { get; }

    /// <summary>Its layout.</summary>
    public PipelineLayout Layout { get; }

    /// <summary>The layout of descriptor set 0.</summary>
    public DescriptorSetLayout SetLayout { get; }

    /// <summary>Number of storage buffers.</summary>
    public int Buffers { get; }

    /// <summary>Bytes of push constants; 0 = none.</summary>
    public int PushConstantBytes { get; }

    /// <summary>Its name, in errors and GPU debuggers.</summary>
    public string Name { get; }

    /// <summary>Destroys the pipeline; no submission may use it any more.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        device.Disown(this);
        Destroy();
    }

    private void Destroy()
    {
        device.Api.DestroyPipeline(device.Handle, Handle, null);
        device.Api.DestroyPipelineLayout(device.Handle, Layout, null);
        device.Api.DestroyDescriptorSetLayout(device.Handle, SetLayout, null);
        device.Objects.Gone(ObjectType.Pipeline, Handle.Handle);
        device.Objects.Gone(ObjectType.PipelineLayout, Layout.Handle);
        device.Objects.Gone(ObjectType.DescriptorSetLayout, SetLayout.Handle);
    }

    private DescriptorSetLayout CreateSetLayout()
    {
        DescriptorSetLayoutBinding* bindings = stackalloc DescriptorSetLayoutBinding[Buffers];
        for (int index = 0; index < Buffers; index++)
        {
            bindings[index] = new DescriptorSetLayoutBinding
            {
                Binding = (uint)index,
                DescriptorType = DescriptorType.StorageBuffer,
                DescriptorCount = 1,
                StageFlags = ShaderStageFlags.ComputeBit,
            };
        }
        DescriptorSetLayoutCreateInfo info = new()
        {
            SType = StructureType.DescriptorSetLayoutCreateInfo,
            BindingCount = (uint)Buffers,
            PBindings = bindings,
        };
        DescriptorSetLayout made;
        GpuResult.Check(device.Api.CreateDescriptorSetLayout(device.Handle, &info, null, &made), "vkCreateDescriptorSetLayout");
        device.Objects.Made(ObjectType.DescriptorSetLayout);
        return made;
    }

    private PipelineLayout CreateLayout()
    {
        DescriptorSetLayout set = SetLayout;
        PushConstantRange range = new() { StageFlags = ShaderStageFlags.ComputeBit, Offset = 0, Size = (uint)PushConstantBytes };
        PipelineLayoutCreateInfo info = new()
        {
            SType = StructureType.PipelineLayoutCreateInfo,
            SetLayoutCount = 1,
            PSetLayouts = &set,
            PushConstantRangeCount = PushConstantBytes > 0 ? 1u : 0,
            PPushConstantRanges = &range,
        };
        PipelineLayout made;
        GpuResult.Check(device.Api.CreatePipelineLayout(device.Handle, &info, null, &made), "vkCreatePipelineLayout");
        device.Objects.Made(ObjectType.PipelineLayout);
        return made;
    }

    private Pipeline Create(ReadOnlySpan<byte> spirv, ReadOnlySpan<uint> specialization, bool fullSubgroups)
    {
        // A copy, as words must be aligned, and a resource's bytes need not be.
        uint[] words = MemoryMarshal.Cast<byte, uint>(spirv).ToArray();
        ShaderModule module;
        fixed (uint* code = words)
        {
            ShaderModuleCreateInfo info = new() { SType = StructureType.ShaderModuleCreateInfo, CodeSize = (nuint)spirv.Length, PCode = code };
            GpuResult.Check(device.Api.CreateShaderModule(device.Handle, &info, null, &module), $"vkCreateShaderModule of '{Name}'");
        }
        SpecializationMapEntry[] entries = new SpecializationMapEntry[specialization.Length];
        for (int index = 0; index < entries.Length; index++)
            entries[index] = new SpecializationMapEntry { ConstantID = (uint)index, Offset = (uint)(index * sizeof(uint)), Size = sizeof(uint) };

        fixed (byte* main = "main"u8)
        fixed (uint* constants = specialization)
        fixed (SpecializationMapEntry* map = entries)
        {
            SpecializationInfo special = new()
            {
                MapEntryCount = (uint)entries.Length,
                PMapEntries = map,
                DataSize = (nuint)(specialization.Length * sizeof(uint)),
                PData = constants,
            };
            ComputePipelineCreateInfo info = new()
            {
                SType = StructureType.ComputePipelineCreateInfo,
                Layout = Layout,
                BasePipelineIndex = -1,
                Stage = new PipelineShaderStageCreateInfo
                {
                    SType = StructureType.PipelineShaderStageCreateInfo,
                    Flags = fullSubgroups ? PipelineShaderStageCreateFlags.RequireFullSubgroupsBit : 0,
                    Stage = ShaderStageFlags.ComputeBit,
                    Module = module,
                    PName = main,
                    PSpecializationInfo = entries.Length > 0 ? &special : null,
                },
            };
            Pipeline made;
            Result result = device.Api.CreateComputePipelines(device.Handle, device.PipelineCache, 1, &info, null, &made);
            device.Api.DestroyShaderModule(device.Handle, module, null);
            GpuResult.Check(result, $"vkCreateComputePipelines of '{Name}'");
            device.Objects.Made(ObjectType.Pipeline);
            return made;
        }
    }
}
