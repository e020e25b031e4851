using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Nvdimm.Extensions.TestSupport;

/// <summary>
/// Calls every public constructor and method of an assembly with null for each argument that may not be null. Records are left out: their
/// constructors only keep what they are given.
/// </summary>
internal static class NullArguments
{
    /// <summary>Asserts that every call throws <see cref="ArgumentNullException"/> with the name of the parameter.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="leastCalls">The least number of calls to make, so that the test notices if it finds none.</param>
    /// <param name="withConstructors">Whether constructors are called, too.</param>
    public static void AssertChecked(Assembly assembly, int leastCalls, bool withConstructors = true)
    {
        var wrong = Unchecked(assembly, withConstructors, out var calls);
        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(calls, Is.GreaterThanOrEqualTo(leastCalls));
    }

    private static List<string> Unchecked(Assembly assembly, bool withConstructors, out int calls)
    {
        var context = new NullabilityInfoContext();
        var wrong = new List<string>();
        calls = 0;
        var types = assembly.GetExportedTypes().Where(type => type is { IsInterface: false, IsGenericType: false });
        foreach (var method in types.SelectMany(Methods).Where(method => withConstructors || !method.IsConstructor))
        {
            var parameters = method.GetParameters();
            foreach (var parameter in parameters.Where(parameter => !parameter.ParameterType.IsValueType && !parameter.ParameterType.IsByRef
                && context.Create(parameter).WriteState == NullabilityState.NotNull))
            {
                calls++;
                var arguments = parameters.Select(other => other == parameter ? null : Any(other.ParameterType));
                var failure = Call(method, arguments.ToArray());
                if (failure is not ArgumentNullException missing || missing.ParamName != parameter.Name)
                {
                    var told = failure is null ? "nothing" : $"{failure.GetType().Name} {(failure as ArgumentException)?.ParamName}";
                    wrong.Add($"{method.DeclaringType!.Name}.{method.Name}({parameter.Name}): {told}");
                }
            }
        }

        return wrong;
    }

    private static IEnumerable<MethodBase> Methods(Type type) => type.IsSubclassOf(typeof(Delegate)) ? []
        : type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method is { IsSpecialName: false, IsGenericMethod: false, IsAbstract: false }
                && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Concat<MethodBase>(IsRecord(type) ? [] : type.GetConstructors())
            .Where(method => !method.GetParameters().Any(parameter => parameter.ParameterType.IsByRefLike));

    private static bool IsRecord(Type type) => type.IsValueType || type.GetMethod("<Clone>$") is not null;

    private static Exception? Call(MethodBase method, object?[] arguments)
    {
        try
        {
            var result = method is ConstructorInfo constructor ? constructor.Invoke(arguments)
                : method.Invoke(method.IsStatic ? null : Any(method.DeclaringType!), arguments);
            return result is Task { IsFaulted: true } task ? task.Exception.InnerException : null;
        }
        catch (TargetInvocationException thrown)
        {
            return thrown.InnerException;
        }
    }

    /// <summary>Some value that is not null. Arguments are checked before one is used, so it need not make sense.</summary>
    private static object? Any(Type type) =>
        type == typeof(string) ? "x"
        : type.IsArray ? Array.CreateInstance(type.GetElementType()!, 0)
        : type.IsSubclassOf(typeof(Delegate)) ? Delegate(type)
        : type is { IsInterface: true, GenericTypeArguments: [var item] } && type.IsAssignableFrom(item.MakeArrayType())
            ? Array.CreateInstance(item, 0)
        : type.IsInterface ? DispatchProxy.Create(type, typeof(Nothing))
        : type is { IsAbstract: false, IsByRef: false } ? RuntimeHelpers.GetUninitializedObject(Nullable.GetUnderlyingType(type) ?? type)
        : null;

    /// <summary>An implementation of any interface.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it.")]
    internal class Nothing : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
    }

    private static Delegate Delegate(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        var parameters = invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType));
        return Expression.Lambda(type, Expression.Default(invoke.ReturnType), parameters).Compile();
    }
}
