using Mono.Cecil;
using Mono.Cecil.Cil;
using TorchSharp;

namespace Diffusion.Training.Tests.Architecture;

/// <summary>
/// Finds temporary Scalars in compiled code. Methods of TorchSharp pass the native handle of a <see cref="Scalar"/> on and forget
/// the object, so a Scalar that nothing else refers to may be finalized while native code still reads it.
/// </summary>
internal sealed class TemporaryScalars
{
    private static readonly string ScalarType = typeof(Scalar).FullName!;

    /// <summary>The methods of TorchSharp that make a Scalar: its constructor, and all that call it, directly or through others.</summary>
    private readonly HashSet<string> _makers;

    /// <summary>Those of them that override another method, with their types.</summary>
    private readonly HashSet<(string Type, string Method)> _overrides;

    public TemporaryScalars()
    {
        using AssemblyDefinition torch = AssemblyDefinition.ReadAssembly(typeof(Scalar).Assembly.Location);
        ILookup<string, string> callers = (
            from method in MethodsOf(torch)
            from call in Calls(method)
            select (Caller: method.FullName, Callee: Callee(call).FullName)).ToLookup(call => call.Callee, call => call.Caller);
        Queue<string> found = new(MethodsOf(torch)
            .Where(method => method.IsConstructor && method.DeclaringType.FullName == ScalarType)
            .Select(method => method.FullName));
        _makers = [.. found];
        while (found.TryDequeue(out string? maker))
        {
            foreach (string caller in callers[maker].Where(_makers.Add))
            {
                found.Enqueue(caller);
            }
        }

        _overrides = [.. MethodsOf(torch)
            .Where(method => method.IsVirtual && _makers.Contains(method.FullName))
            .Select(method => (method.DeclaringType.FullName, method.Name))];
    }

    /// <summary>
    /// The places in an assembly where a Scalar is made that is not stored in a field at once, as "Type.Method: what it calls". A call
    /// of a virtual method is judged by its overrides in all types that the assembly names.
    /// </summary>
    /// <param name="path">The assembly.</param>
    /// <param name="type">The type to look at, those nested in it included; null means all.</param>
    public string[] In(string path, Type? type = null)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
        string[] named = [.. assembly.MainModule.GetTypeReferences().Select(reference => reference.FullName)];
        return
        [
            .. from method in MethodsOf(assembly)
               where type is null || method.DeclaringType.FullName.StartsWith(type.FullName!.Replace('+', '/'), StringComparison.Ordinal)
               from call in Calls(method)
               let callee = Callee(call)
               where (_makers.Contains(callee.FullName)
                       || (call.OpCode.Code == Code.Callvirt && named.Any(name => _overrides.Contains((name, callee.Name)))))
                   && !(callee.ReturnType.FullName == ScalarType && call.Next.OpCode.Code is Code.Stfld or Code.Stsfld)
               select $"{method.DeclaringType.Name}.{method.Name}: {callee.FullName}",
        ];
    }

    private static IEnumerable<MethodDefinition> MethodsOf(AssemblyDefinition assembly)
        => assembly.MainModule.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);

    private static IEnumerable<Instruction> Calls(MethodDefinition method)
        => method.Body.Instructions.Where(instruction => instruction.Operand is MethodReference);

    private static MethodReference Callee(Instruction call) => ((MethodReference)call.Operand).GetElementMethod();
}
