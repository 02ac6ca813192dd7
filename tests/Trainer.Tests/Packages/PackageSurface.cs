using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Realtime.Trainer.Tests.Packages;

/// <summary>Reads from a compiled assembly which members of another assembly it uses.</summary>
internal static class PackageSurface
{
    /// <summary>One line a member of <paramref name="package"/> that the assembly file at <paramref name="path"/> names.</summary>
    public static IEnumerable<string> Read(string path, string package)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader reader = file.GetMetadataReader();
        SignatureNames names = new();
        SortedSet<string> lines = new(StringComparer.Ordinal);
        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            if (Owner(reader, member.Parent) is not { } owner || !IsPart(AssemblyOf(reader, owner), package))
                continue;
            string name = $"{SignatureNames.NameOf(reader, owner)}.{reader.GetString(member.Name)}";
            if (member.GetKind() == MemberReferenceKind.Field)
            {
                lines.Add($"{name} : {member.DecodeFieldSignature(names, null)}");
                continue;
            }

            MethodSignature<string> signature = member.DecodeMethodSignature(names, null);
            string generic = signature.GenericParameterCount == 0 ? "" : $"`{signature.GenericParameterCount}";
            lines.Add($"{(signature.Header.IsInstance ? "" : "static ")}{name}{generic}({string.Join(", ", signature.ParameterTypes)}) : {signature.ReturnType}");
        }

        return lines;
    }

    // The types of a package of windows or input lie in its part .Common; in its stand-in all is one.
    private static bool IsPart(string? assembly, string package) => assembly == package || assembly == package + ".Common";

    // The type that declares a member; null for vararg calls and for our own types.
    private static TypeReferenceHandle? Owner(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference)
            return (TypeReferenceHandle)parent;
        if (parent.Kind != HandleKind.TypeSpecification)
            return null;

        // A generic type: GENERICINST, CLASS or VALUETYPE, then the type itself.
        BlobReader blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return null;
        blob.ReadByte();
        EntityHandle type = blob.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)type : null;
    }

    private static string? AssemblyOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        EntityHandle scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => AssemblyOf(reader, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => null,
        };
    }
}
