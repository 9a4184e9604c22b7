using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Diffusion.Tests.Architecture;

/// <summary>
/// Finds interpolated and joined strings that format a value in the culture of the thread, which no analyzer reports. It
/// looks in the compiled code, where the compiler has written whether a format provider was given.
/// </summary>
internal static class CultureUse
{
    private const string Handler = "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler";
    private const string Constructor = ".ctor";

    /// <summary>How a constructor without a format provider is called: with the lengths of the text alone.</summary>
    private const int ParametersWithoutProvider = 2;

    /// <summary>What is the same in every culture.</summary>
    private static readonly string[] Plain =
    [
        "System.String", "System.Char", "System.Boolean", "System.Guid", "System.Version", "System.ReadOnlySpan`1<System.Char>",
    ];

    /// <summary>Finds the places in an assembly.</summary>
    /// <param name="path">A .dll file.</param>
    /// <returns>The methods, each with the type of the value that it formats.</returns>
    public static IReadOnlyList<string> Find(string path)
    {
        using DefaultAssemblyResolver resolver = new();
        resolver.AddSearchDirectory(Path.GetDirectoryName(path));
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = resolver });
        return [.. assembly.MainModule.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).SelectMany(Find)];
    }

    /// <summary>
    /// Every call of a handler takes the address of its variable first, and between the two other handlers may be at work,
    /// those of strings within the hole. So the addresses that are not yet used form a stack.
    /// </summary>
    private static IEnumerable<string> Find(MethodDefinition method)
    {
        Stack<object> addresses = [];
        HashSet<object> dependent = [];
        foreach (Instruction instruction in method.Body.Instructions)
        {
            switch (instruction)
            {
                case { OpCode.Code: Code.Ldloca or Code.Ldloca_S, Operand: VariableDefinition { VariableType.FullName: Handler } }:
                case { OpCode.Code: Code.Ldflda, Operand: FieldReference { FieldType.FullName: Handler } }:
                    addresses.Push(instruction.Operand);
                    break;
                case { Operand: MethodReference { DeclaringType.FullName: Handler, Name: Constructor } constructor }:
                    object built = instruction.OpCode.Code == Code.Newobj ? Stored(instruction.Next, method.Body) : addresses.Pop();
                    _ = constructor.Parameters.Count == ParametersWithoutProvider ? dependent.Add(built) : dependent.Remove(built);
                    break;
                case { Operand: MethodReference { DeclaringType.FullName: Handler } called }:
                    if (dependent.Contains(addresses.Pop()) && ValueOf(called) is { } type && !IsPlain(type))
                    {
                        yield return $"{method.FullName} formats {type.FullName}";
                    }

                    break;
                case { Operand: GenericInstanceMethod { DeclaringType.FullName: "System.String", Name: "Join" } join }:
                    if (!IsPlain(join.GenericArguments[0]))
                    {
                        yield return $"{method.FullName} joins {join.GenericArguments[0].FullName}";
                    }

                    break;
                case { Operand: MethodReference { Parameters: [.., var last] } }
                    when last.ParameterType is ByReferenceType { ElementType.FullName: Handler }:
                    addresses.Pop();
                    break;
            }
        }
    }

    /// <summary>The variable or the field that an instruction stores to.</summary>
    private static object Stored(Instruction instruction, MethodBody body) => instruction.OpCode.Code switch
    {
        Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3 => body.Variables[instruction.OpCode.Code - Code.Stloc_0],
        _ => instruction.Operand,
    };

    /// <summary>The type of the value that a call appends, or null where it appends none.</summary>
    private static TypeReference? ValueOf(MethodReference called) => called switch
    {
        { Name: not "AppendFormatted" } => null,
        GenericInstanceMethod generic => generic.GenericArguments[0],
        _ => called.Parameters[0].ParameterType,
    };

    private static bool IsPlain(TypeReference type) => Plain.Contains(type.FullName) || type.Resolve() is { IsEnum: true };
}
