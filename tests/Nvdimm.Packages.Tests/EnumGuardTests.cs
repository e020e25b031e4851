using System.Reflection;
using System.Runtime.CompilerServices;
using Nvdimm.Extensions;
using Nvdimm.Extensions.DependencyInjection;

namespace Nvdimm.Packages.Tests;

/// <summary>A number that no value of an enum has is refused wherever it can enter: no rule would speak against what none of them knows.</summary>
public sealed class EnumGuardTests
{
    private const int NoValue = 99;
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Options that a configuration sets are refused when they are validated: NvdimmServicesTests.</summary>
    private static readonly Type[] Validated = [typeof(NvdimmHostDevicesOptions)];

    private static IEnumerable<Type> Types => Packages.Libraries.SelectMany(library => library.GetExportedTypes());

    private static IEnumerable<TestCaseData> Setters =>
        from type in Types
        where !Validated.Contains(type)
        from property in type.GetProperties(Public)
        where property.GetSetMethod() is not null && EnumIn(property.PropertyType) is not null
        select new TestCaseData(type, property).SetArgDisplayNames($"{type.Name}.{property.Name}");

    private static IEnumerable<TestCaseData> Calls =>
        from type in Types
        where !type.IsInterface && !type.IsEnum && !typeof(Delegate).IsAssignableFrom(type)
        from method in type.GetConstructors(Public).Cast<MethodBase>().Concat(type.GetMethods(Public).Where(method => !method.IsSpecialName && !method.IsAbstract))
        from parameter in method.GetParameters()
        where !parameter.ParameterType.IsByRef && EnumIn(parameter.ParameterType) is not null
        select new TestCaseData(type, method, parameter).SetArgDisplayNames($"{type.Name}.{method.Name}", parameter.Name!);

    [Test]
    public void Entries_AreFound()
    {
        Assert.That(Setters.Count(), Is.GreaterThanOrEqualTo(40));
        Assert.That(Calls.Count(), Is.GreaterThanOrEqualTo(15));
    }

    [Test]
    public void Enums_HaveAValueForZero_WhichIsWhatDefaultIs() =>
        Assert.That(Types.Where(type => type.IsEnum && !Enum.IsDefined(type, Enum.ToObject(type, 0))), Is.Empty);

    [TestCaseSource(nameof(Setters))]
    public void Property_RefusesWhatItsEnumDoesNotHave(Type type, PropertyInfo property)
    {
        var refused = Refusal(() => property.GetSetMethod()!.Invoke(RuntimeHelpers.GetUninitializedObject(type), [ValueFor(property.PropertyType)]));
        Assert.That(refused.ParamName, Is.EqualTo(property.Name));
        Assert.That(refused.Message, Does.Contain($"{EnumIn(property.PropertyType)!.Name} has no value {NoValue}"));
    }

    [TestCaseSource(nameof(Calls))]
    public void Call_RefusesWhatItsEnumDoesNotHave(Type type, MethodBase method, ParameterInfo parameter)
    {
        var arguments = method.GetParameters().Select(other => other.Position == parameter.Position ? ValueFor(other.ParameterType) : ArgumentFor(other.ParameterType)).ToArray();
        var refused = Refusal(() => method is ConstructorInfo constructor
            ? constructor.Invoke(arguments)
            : method.Invoke(method.IsStatic ? null : RuntimeHelpers.GetUninitializedObject(type), arguments));
        Assert.That(refused.ParamName, Is.EqualTo(parameter.Name));
        Assert.That(refused.Message, Does.Contain($"{EnumIn(parameter.ParameterType)!.Name} has no value {NoValue}"));
    }

    private static ArgumentOutOfRangeException Refusal(Func<object?> call)
    {
        try
        {
            (call() as Task)?.GetAwaiter().GetResult();
        }
        catch (TargetInvocationException thrown) when (thrown.InnerException is ArgumentOutOfRangeException refused)
        {
            return refused;
        }
        catch (ArgumentOutOfRangeException refused)
        {
            return refused;
        }

        throw new AssertionException("It was taken");
    }

    /// <summary>The enum that a type is or holds; null where it is none of ours.</summary>
    private static Type? EnumIn(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type)
            ?? (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>) ? type.GetGenericArguments()[0] : type);
        return inner.IsEnum && Packages.Libraries.Contains(inner.Assembly) ? inner : null;
    }

    private static object ValueFor(Type type)
    {
        var value = Enum.ToObject(EnumIn(type)!, NoValue);
        if (type.IsEnum || Nullable.GetUnderlyingType(type) is not null)
        {
            return value;
        }

        var array = Array.CreateInstance(value.GetType(), 1);
        array.SetValue(value, 0);
        return typeof(ValueList).GetMethods().Single(method => method.Name == nameof(ValueList.ToValueList))
            .MakeGenericMethod(value.GetType()).Invoke(null, [array])!;
    }

    private static object? ArgumentFor(Type type) => type == typeof(string) ? "x" : type.IsValueType ? Activator.CreateInstance(type) : null;
}
